import { useQuery } from '@tanstack/react-query'

import { useLabels } from '@/api/framework'
import { hasRole, usePerson } from '@/app/session'
import { PublishButton } from '@/content/PublishButton'
import { exactMoment, lastDay } from '@/content/times'
import { DISCIPLINE_WORDS, VERDICT_WORDS } from '@/content/words'
import { ErrorState, Facts, LoadingRows } from '@/ui'

import { certificateQuery, type Job } from './api'
import { Validity } from './Progress'
import classes from './review.module.css'

/** The certificate as it is kept: who, what it means, when, of which bytes. */
export function CertificateView({ code, approval }: { readonly code: string; readonly approval: Job['approval'] }) {
  const certificate = useQuery(certificateQuery(code))
  const labels = useLabels()
  const person = usePerson()
  if (certificate.isPending) return <LoadingRows label="Loading the certificate…" />
  if (certificate.isError) return <ErrorState error={certificate.error} onRetry={() => void certificate.refetch()} />
  const it = certificate.data
  const mayPublish = hasRole(person, 'writer', 'signatory', 'regulatory-reviewer', 'channel-manager')
  return (
    <article className={classes.certificate} aria-labelledby="certificate-title">
      <h3 id="certificate-title">Certificate of final form</h3>
      <p className={classes.wording}>{it.wording}</p>
      <p className={classes.signer}>
        {it.signature.printedName}
        {it.signature.registrationNumber !== undefined && <span className="t2"> · {it.signature.registrationNumber}</span>}
      </p>
      <p className="t2">
        {it.signature.meaning}, {exactMoment(it.signature.signedAt)}
        <Validity signature={it.signature} />
      </p>
      <Facts
        facts={[
          ['Job code', <span key="code" className="mono">{it.jobCode}</span>],
          ['Item', `${it.item.key}, ${it.item.title}, v${it.version}`],
          ['Market', `${labels.market(it.market)}, ${it.locale}`],
          ['Prepared', it.dateOfPreparation],
          ['Valid', `${exactMoment(it.validFrom)} until ${lastDay(it.validUntil)}`],
          ...(it.prescribingInformation === undefined
            ? []
            : [['Prescribing information', `v${it.prescribingInformation.version} in force then; readers get the one in force`] as const]),
          ['SHA-256', <span key="hash" className="mono">{it.renditionSha256 ?? it.versionSha256}</span>],
        ]}
      />
      <h4>Verdicts</h4>
      <ul className={classes.verdictList}>
        {it.verdicts.map((verdict) => (
          <li key={verdict.discipline}>
            <b className="m">{DISCIPLINE_WORDS[verdict.discipline]}</b>: {VERDICT_WORDS[verdict.verdict].toLowerCase()}, {verdict.signature.printedName}, {exactMoment(verdict.signature.signedAt)}
            <Validity signature={verdict.signature} />
          </li>
        ))}
      </ul>
      {approval !== undefined && mayPublish && (
        <div className="row">
          <PublishButton approval={approval} primary />
          <span className="t3 f12">Channels of {labels.market(it.market)} get this version at once; what was published before is superseded.</span>
        </div>
      )}
    </article>
  )
}
