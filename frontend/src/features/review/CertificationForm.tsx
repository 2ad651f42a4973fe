import { TextInput } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Problem } from '@/api/client'
import { marketsQuery } from '@/api/framework'
import type { Schema } from '@/api/types'
import { usePerson } from '@/app/session'
import { ErrorState, useToast } from '@/ui'

import { certify, type Job, type SigningCredentials } from './api'
import classes from './review.module.css'
import { Signing } from './Signing'
import { latestLastDay, windowOf } from './validity'

/** The signatory's bar: how long it is valid, what the certificate will cause, the signature. */
export function CertificationForm({ job, onCertified }: { readonly job: Job; readonly onCertified: () => void }) {
  const person = usePerson()
  const queryClient = useQueryClient()
  const toast = useToast()
  const markets = useQuery(marketsQuery)
  const market = markets.data?.markets.find((it) => it.market === job.market)
  const [today] = useState(() => new Date())
  const [from, setFrom] = useState('')
  const [last, setLast] = useState<string>()
  const latest = market === undefined ? undefined : latestLastDay(from === '' ? today : new Date(`${from}T00:00`), market.approvalMaxMonths)
  const chosenLast = last ?? latest ?? ''
  const sign = useMutation<Schema<'Approval'>, Problem, SigningCredentials>({
    mutationFn: (signature) => certify(job.code, { renditionSha256: job.rendition?.sha256 ?? '', ...windowOf(from, chosenLast), signature }),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      toast({ message: `v${job.version.number} is certified for ${job.market}.` })
      onCertified()
    },
  })
  const missing =
    chosenLast === '' ? 'Choose the last day of validity.' : latest !== undefined && chosenLast > latest ? `${market?.name ?? job.market} allows at most ${market?.approvalMaxMonths} months.` : from !== '' && chosenLast < from ? 'The last day is before the first.' : undefined
  return (
    <div className={classes.dock} role="region" aria-label="Certification">
      <section className={classes.dockPart} aria-labelledby="window-heading">
        <h3 id="window-heading">
          <i aria-hidden="true">1</i>
          Certify for {market?.name ?? job.market}, {job.locale}
        </h3>
        {markets.isError && <ErrorState error={markets.error} onRetry={() => void markets.refetch()} />}
        <div className={classes.window}>
          <TextInput type="date" label="Valid from (empty: now)" value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
          <TextInput type="date" label="Last day" value={chosenLast} {...(latest === undefined ? {} : { max: latest })} onChange={(event) => setLast(event.currentTarget.value)} />
        </div>
        <p className="t3 f12">
          Statement: I have examined the final form of v{job.version.number}. The certificate prints it in the words of the {market?.name ?? job.market} pack
          {person.registrationNumber === undefined ? '' : `, with ${person.registrationNumber}`}.
        </p>
      </section>
      <section className={classes.dockPart} aria-labelledby="causes-heading">
        <h3 id="causes-heading">
          <i aria-hidden="true">2</i>
          What this certificate will cause
        </h3>
        <ul className={classes.causes}>
          {(job.consequences['certify'] ?? []).map((it) => (
            <li key={it}>
              <IconArrowRight size={15} stroke={1.5} aria-hidden="true" />
              <span>{it}</span>
            </li>
          ))}
        </ul>
      </section>
      <Signing
        job={job}
        meaning="certification of the final form"
        action="Sign and certify"
        isSigning={sign.isPending}
        problem={sign.error}
        missing={missing}
        onSign={(credentials) => sign.mutateAsync(credentials)}
      />
    </div>
  )
}
