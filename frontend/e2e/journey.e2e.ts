import { expect, test } from 'vitest'

import { jats } from './article'
import { BASE_URL, PASSWORD } from './browser'
import { Cast } from './cast'

const WEB_KEY = 'tlk_demo_web_6f1d2c8e4b7a'
const RUN = Date.now().toString(36)
const IMPORTED = `Shared care by letter ${RUN}`
const TITLE = `Shared care by letter, one page ${RUN}`
const CONTEXT = 'audience=hcp.nurse&stage=system-efficiency&need=refer-share-care&market=GB&locale=en-GB'

const cast = Cast.assemble()
/** What the journey has made so far. */
const made = { itemId: '', key: '', job: '', sha256: '' }

async function fromChannel(path: string): Promise<{ status: number; body: any }> {
  const answer = await fetch(BASE_URL + path, { headers: { Authorization: `Bearer ${WEB_KEY}` } })
  return { status: answer.status, body: await answer.json() }
}

test('the page of the first administrator refuses a link that is not one', async () => {
  const nobody = await cast.nobody()
  const { page } = nobody
  await page.goto('/first-administrator#token=not-the-token')
  await page.getByLabel('Password', { exact: true }).fill('three long words')
  await page.getByLabel('The same again').fill('three long words')
  expect(await nobody.look('00-first-administrator')).toEqual([])
  expect(page.url()).not.toContain('token')
  expect(nobody.complaints).toEqual([])
  await page.getByRole('button', { name: 'Set the password and sign in' }).click()
  await page.getByRole('alert').getByText('used or is too old').waitFor()
  await nobody.close()
})

test('the sign-in page lists the people of the demo', async () => {
  const nobody = await cast.nobody()
  await nobody.page.goto('/')
  await nobody.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
  await nobody.page.getByRole('button', { name: /Mara Lindqvist/ }).waitFor()
  expect(await nobody.look('01-sign-in')).toEqual([])
  expect(nobody.complaints).toEqual([])
  await nobody.close()
})

test('the writer imports an article, and it becomes a draft', async () => {
  const mara = await cast.as('mara.lindqvist')
  const { page } = mara
  expect(await mara.look('02-my-work-writer')).toEqual([])
  await page.getByRole('link', { name: 'Content', exact: true }).click()
  await page.getByRole('listbox', { name: 'Content' }).waitFor()
  expect(await mara.look('03-library')).toEqual([])
  await page.getByRole('button', { name: 'New', exact: false }).last().click()
  await page.getByRole('dialog', { name: 'New item' }).waitFor()
  expect(await mara.look('04-new-item')).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.keyboard.press('i')
  const dialog = page.getByRole('dialog', { name: 'Import files' })
  await dialog.getByLabel('Files', { exact: true }).setInputFiles({ name: 'shared-care.xml', mimeType: 'application/xml', buffer: jats({ title: IMPORTED, doi: `10.5555/e2e.${RUN}`, abstract: 'Nurses handed patients over by letter.' }) })
  await dialog.getByText('1 section, 1 table, 1 reference').waitFor()
  expect(await mara.look('05-import')).toEqual([])
  await dialog.getByRole('link', { name: IMPORTED }).click()
  await page.getByRole('textbox', { name: 'Title' }).waitFor()
  made.key = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  expect(made.key).toMatch(/^ART-\d+$/)
})

test('the writer edits and classifies it; every change is saved by itself', async () => {
  const mara = await cast.as('mara.lindqvist')
  const { page } = mara
  await page.getByRole('textbox', { name: 'Title' }).fill(TITLE)
  await page.getByRole('textbox', { name: 'Text' }).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\n\nThe letter fits on one page.')
  for (const [field, concept] of [
    ['audience', 'HCP: nursing'],
    ['journey stage', 'System efficiency'],
    ['need', 'Refer and share care'],
    ['indication', 'Heart failure with reduced ejection fraction'],
  ] as const) {
    await page.getByRole('button', { name: `Add ${field}`, exact: true }).click()
    await page.getByRole('textbox', { name: `Search ${field}` }).fill(concept)
    await page.getByRole('option', { name: new RegExp(concept) }).first().click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: `Remove ${concept}` }).waitFor()
  }
  await page.getByText('No findings').waitFor()
  await page.getByText(/^Saved/).first().waitFor()
  expect(await mara.look('06-editor')).toEqual([])
  await mara.choose('Side by side')
  await page.getByRole('article', { name: 'Rendered text' }).getByText('The letter fits on one page.').waitFor()
  expect(await mara.look('07-editor-side-by-side')).toEqual([])
  await page.reload()
  expect(await page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe(TITLE)
  for (const panel of ['Evidence', 'Findings', 'Used in', 'History']) {
    await page.getByRole('tab', { name: new RegExp(`^${panel}`) }).click()
    expect(await mara.look(`08-editor-${panel.toLowerCase().replace(' ', '-')}`)).toEqual([])
  }
})

test('the writer submits it for review in Great Britain', async () => {
  const mara = await cast.as('mara.lindqvist')
  const { page } = mara
  await page.getByRole('button', { name: 'Submit for review' }).click()
  const dialog = page.getByRole('dialog', { name: 'Submit for review' })
  await dialog.getByLabel('Market').selectOption('GB')
  await dialog.getByText('Medical, Legal, Regulatory').waitFor()
  expect(await mara.look('09-submit')).toEqual([])
  await dialog.getByRole('button', { name: 'Submit for review' }).click()
  await page.waitForURL(/\/review\/GB-\d{4}-\d{4}/)
  made.job = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const { body } = await mara.ask('GET', `/manage/v1/jobs/${made.job}`)
  made.sha256 = body.rendition.sha256
  made.itemId = body.item.id
})

test.each([
  ['dr.amari', 'medical'],
  ['j.castellan', 'legal'],
  ['p.novotny', 'regulatory'],
])('%s gives the %s verdict and signs it with user ID and password', async (username, discipline) => {
  const reviewer = await cast.as(username)
  const { page } = reviewer
  if (discipline === 'medical') expect(await reviewer.look('10-my-work-medical')).toEqual([])
  await page.getByRole('link', { name: /^Review/ }).first().click()
  await page.getByRole('listbox', { name: 'Reviews' }).waitFor()
  if (discipline === 'medical') expect(await reviewer.look('11-review-list')).toEqual([])
  await page.goto(`/review/${made.job}`)
  await page.getByRole('region', { name: 'Verdict', exact: true }).waitFor()
  await page.getByText('The letter fits on one page.').first().waitFor()
  if (discipline === 'medical') {
    expect(await reviewer.look('12-review-room')).toEqual([])
    for (const view of ['Whole text', 'As shown']) {
      await reviewer.choose(view)
      expect(await reviewer.look(`13-review-${view.toLowerCase().replace(' ', '-')}`)).toEqual([])
    }
  }
  await page.getByRole('radio', { name: 'Approve', exact: false }).first().check()
  const sign = page.getByRole('button', { name: 'Sign and give verdict' })
  await page.getByLabel('User ID').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  if (discipline === 'medical') expect(await reviewer.look('14-verdict')).toEqual([])
  await sign.click()
  await page.getByText('Your verdict is signed: approved.').waitFor()
})

test('the author is not offered to certify, and is refused when asking all the same', async () => {
  const mara = await cast.as('mara.lindqvist')
  await mara.page.goto(`/review/${made.job}`)
  await mara.page.getByText('It waits for a signatory.').waitFor()
  expect(await mara.page.getByRole('region', { name: 'Certification', exact: true }).count()).toBe(0)
  const before = mara.complaints.length

  const { status } = await mara.ask('POST', `/manage/v1/jobs/${made.job}/certification`, {
    renditionSha256: made.sha256,
    validUntil: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    signature: { userId: 'mara.lindqvist', password: PASSWORD },
  })

  expect([403, 404, 409]).toContain(status)
  expect((await mara.ask('GET', `/manage/v1/jobs/${made.job}`)).body.state).toBe('in-review')
  mara.complaints.length = before // the refusal above
})

test('the signatory certifies exactly this version', async () => {
  const signatory = await cast.as('dr.okonjo')
  const { page } = signatory
  expect(await signatory.look('15-my-work-signatory')).toEqual([])
  await page.goto(`/review/${made.job}`)
  await page.getByRole('region', { name: 'Certification', exact: true }).waitFor()
  await page.getByLabel('User ID').fill('dr.okonjo')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  expect(await signatory.look('16-certification')).toEqual([])
  await page.getByRole('button', { name: 'Sign and certify' }).click()
  await page.getByText('v1 is certified for GB.').waitFor()
  await page.getByText('7099001').first().waitFor()
  expect(await signatory.look('17-certificate')).toEqual([])
  expect((await fromChannel(`/v1/items/${made.key}?market=GB&locale=en-GB`)).status).toBe(404)
})

test('the writer publishes it', async () => {
  const mara = await cast.as('mara.lindqvist')
  await mara.page.goto(`/content/${made.key}`)
  await mara.page.getByRole('button', { name: 'Publish', exact: false }).first().click()
  const publishing = mara.page.getByRole('dialog', { name: 'Publish v1 in GB' })
  await publishing.getByText('Nothing of it is published there now.').waitFor()
  expect(await mara.look('18-publish')).toEqual([])
  await publishing.getByRole('button', { name: 'Publish now' }).click()
  await mara.page.getByText('v1 is effective in GB. Channels get it from now on.').waitFor()
  expect(await mara.look('18-version')).toEqual([])
})

test('the channel page shows it in a content set with its reasons, and a channel app gets it', async () => {
  const strategist = await cast.as('s.varga')
  const { page } = strategist
  await page.goto(`/channels?channel=web&${CONTEXT}`)
  await page.getByRole('heading', { name: TITLE }).waitFor()
  await page.getByText('The letter fits on one page.').first().waitFor()
  expect(await strategist.look('19-content-set')).toEqual([])

  const set = await fromChannel(`/v1/content-sets?${CONTEXT}`)
  expect(set.status).toBe(200)
  const lead = set.body.slots.flatMap((it: any) => it.items).find((it: any) => it.id === made.itemId)
  expect(lead.reasons).toEqual(expect.arrayContaining(['need-exact', 'stage-exact']))
  const item = await fromChannel(`/v1/items/${made.key}?market=GB&locale=en-GB`)
  expect(item.body.title).toBe(TITLE)
})

test('the strategist steps back to before the publication, and compares two markets', async () => {
  const strategist = await cast.as('s.varga')
  const { page } = strategist
  const changes = page.getByRole('region', { name: 'Changes' })
  await changes.getByRole('button', { name: /^Now, / }).waitFor()
  await page.keyboard.press(',')
  await page.keyboard.press(',')
  await changes.locator('button[aria-current="true"]').filter({ hasNotText: 'Now' }).waitFor()
  await page.getByRole('region', { name: 'Content set', exact: true }).getByText(TITLE).waitFor({ state: 'detached' })
  expect(await strategist.look('19-content-set-before')).toEqual([])
  await page.keyboard.press('.')
  await page.keyboard.press('.')
  await page.getByRole('heading', { name: TITLE }).waitFor()

  await page.keyboard.press('c')
  await page.getByRole('heading', { name: /Both have the same/ }).waitFor()
  await page.getByRole('group', { name: 'Context B' }).getByRole('button', { name: 'Market: GB' }).click()
  await page.getByRole('option', { name: /^US/ }).click()
  await page.getByRole('heading', { name: /only in A/ }).waitFor()
  expect(await strategist.look('19-two-contexts')).toEqual([])
  await page.keyboard.press('c')
  await page.getByRole('heading', { name: TITLE }).waitFor()
})

test('the strategist reads the framework matrix and the objectives, and the keys of the channels', async () => {
  const strategist = await cast.as('s.varga')
  const { page } = strategist
  await page.goto('/strategy')
  await page.getByRole('heading', { name: /planned items are approved/ }).waitFor()
  expect(await strategist.look('20-framework-matrix')).toEqual([])
  await page.goto('/strategy/objectives')
  await page.getByRole('listbox').or(page.getByRole('list')).first().waitFor()
  expect(await strategist.look('21-objectives')).toEqual([])
  const admin = await cast.as('admin')
  await admin.page.goto('/channels/keys')
  await admin.settle()
  expect(await admin.look('22-keys')).toEqual([])
  await admin.page.goto('/channels/previews')
  await admin.page.getByRole('option', { name: /Demo of the staging portal/ }).click()
  await admin.page.getByRole('complementary', { name: 'Chosen preview token' }).getByText('/preview/v1').waitFor()
  expect(await admin.look('22-preview-tokens')).toEqual([])
  await admin.page.keyboard.press('c')
  await admin.page.getByRole('dialog', { name: 'Make a preview token' }).getByLabel(/United Kingdom/).waitFor()
  expect(await admin.look('22-new-preview-token')).toEqual([])
  await admin.page.keyboard.press('Escape')
  await admin.page.goto('/channels/webhooks')
  await admin.page.getByRole('option', { name: /Heartline portal app/ }).click()
  await admin.page.getByRole('complementary', { name: 'Chosen endpoint' }).getByText('The demo calls nobody.').waitFor()
  expect(await admin.look('22-webhooks')).toEqual([])
  await admin.page.getByRole('button', { name: 'Delivery log' }).click()
  await admin.page.getByRole('listbox', { name: 'Deliveries' }).getByRole('option').first().click()
  await admin.page.getByRole('complementary', { name: 'Chosen delivery' }).getByText('webhook-id').waitFor()
  expect(await admin.look('22-delivery-log')).toEqual([])
})

test('the signatory withdraws it, and at once no channel gets it any more', async () => {
  const signatory = await cast.as('dr.okonjo')
  const { page } = signatory
  await page.goto(`/content/${made.key}`)
  await page.getByRole('button', { name: 'Withdraw…' }).click()
  const dialog = page.getByRole('dialog', { name: `Withdraw ${made.key}` })
  await dialog.getByLabel('Reason, for the audit trail').fill('The letter names a clinic that has closed.')
  expect(await signatory.look('23-withdraw')).toEqual([])
  await dialog.getByRole('button', { name: 'Withdraw', exact: true }).click()
  await page.getByText('Withdrawn: 1 publication ended.').waitFor()

  const item = await fromChannel(`/v1/items/${made.key}?market=GB&locale=en-GB`)
  expect([item.status, item.body.code]).toEqual([410, 'content-withdrawn'])
  const set = await fromChannel(`/v1/content-sets?${CONTEXT}`)
  expect(JSON.stringify(set.body)).not.toContain(made.itemId)
  expect(await signatory.look('24-withdrawn')).toEqual([])

  await page.goto('/channels/recalls')
  await page.getByRole('option', { name: new RegExp(TITLE) }).waitFor()
  expect(await signatory.look('25-recalls')).toEqual([])
  await page.getByText(TITLE).click()
  await page.getByText(/channels have not confirmed/).waitFor()
  expect(await signatory.look('26-recall')).toEqual([])

  const strategist = await cast.as('s.varga')
  await strategist.page.goto(`/channels?channel=web&${CONTEXT}`)
  await strategist.settle()
  expect(await strategist.page.getByRole('region', { name: 'Content set', exact: true }).getByText(TITLE).count()).toBe(0)
})

test('no screen made the browser complain', () => {
  cast.expectNoComplaints()
})
