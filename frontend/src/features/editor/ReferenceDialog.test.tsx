import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { newQueryClient, Providers } from '@/app/providers'
import type { Reference } from '@/content/csl'
import { json, stubApi } from '@/test/render'

import { ReferenceDialog } from './ReferenceDialog'

const TRIAL: Reference = { id: 'ref_1', csl: { title: 'Tirvaciguat in heart failure', author: [{ family: 'Quist', given: 'Elin' }], 'container-title': 'J Inv Cardiol', DOI: '10.5555/jic.2025.12' } }

function open(part: { readonly reference?: Reference; readonly references?: readonly Reference[] } = {}) {
  const done: Reference[] = []
  render(
    <Providers client={newQueryClient()} env="test">
      <ReferenceDialog references={part.references ?? []} reference={part.reference} act="Add and cite" onClose={() => {}} onDone={(it) => done.push(it)} />
    </Providers>,
  )
  return done
}

const what = () => screen.findByLabelText('DOI, PMID or the reference as it stands somewhere')

test('a work that is known is found by its DOI and cited', async () => {
  const { calls } = stubApi({ 'GET /manage/v1/references': { references: [TRIAL] } })
  const done = open()

  await userEvent.type(await what(), 'https://doi.org/10.5555/JIC.2025.12{Enter}')
  await userEvent.click(await screen.findByRole('button', { name: 'Add and cite' }))

  expect(done).toEqual([TRIAL])
  expect(calls.map((it) => it.url.searchParams.get('doi'))).toEqual(['10.5555/JIC.2025.12'])
})

test('a work that nobody knows yet is written into the form, its PMID already in it', async () => {
  const { calls } = stubApi({
    'GET /manage/v1/references': { references: [] },
    'POST /manage/v1/references': ({ body }) => json({ id: 'ref_new', ...(body as object) }, 201),
  })
  const done = open()

  await userEvent.type(await what(), 'PMID 30415602{Enter}')
  expect(await screen.findByText(/Nobody has entered this work yet/)).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Fill in the form' }))
  expect(screen.getByLabelText('PMID')).toHaveValue('30415602')
  await userEvent.type(screen.getByLabelText('Title'), 'A registry study')
  await userEvent.click(screen.getByRole('button', { name: 'Add and cite' }))

  await vi.waitFor(() => expect(done.map((it) => it.id)).toEqual(['ref_new']))
  expect(calls.at(-1)?.body).toEqual({ csl: { type: 'article-journal', title: 'A registry study', PMID: '30415602' } })
})

test('a pasted reference is read into its parts, for a person to look at', async () => {
  stubApi({})
  open()

  await userEvent.click(await what())
  await userEvent.paste('Quist E, Hollis R. Tirvaciguat in heart failure. J Inv Cardiol. 2025;12(3):341-52. doi:10.5555/jic.2025.12')
  await userEvent.click(screen.getByRole('button', { name: 'Read it' }))

  expect(screen.getByLabelText('Title')).toHaveValue('Tirvaciguat in heart failure')
  expect(screen.getByLabelText('Journal')).toHaveValue('J Inv Cardiol')
  expect(screen.getByLabelText('Year')).toHaveValue('2025')
  expect(screen.getByLabelText('DOI')).toHaveValue('10.5555/jic.2025.12')
})

test('an imported reference is completed and keeps what the form does not show', async () => {
  const { calls } = stubApi({ 'POST /manage/v1/references': ({ body }) => json({ id: 'ref_2', ...(body as object) }, 201) })
  const imported = { id: 'ref_1', csl: { type: 'article-journal', title: 'Tirvaciguat', ISSN: '1234-5678' } } as Reference
  const done = open({ reference: imported, references: [imported] })

  expect(await screen.findByText('Complete the reference')).toBeVisible()
  await userEvent.type(screen.getByLabelText('Year'), '2025')
  await userEvent.click(screen.getByRole('button', { name: 'Keep' }))

  await vi.waitFor(() => expect(done.map((it) => it.id)).toEqual(['ref_2']))
  expect(calls[0]?.body).toMatchObject({ csl: { title: 'Tirvaciguat', ISSN: '1234-5678', issued: { 'date-parts': [[2025]] } } })
})

test('a work that the document has already is cited, not added again', async () => {
  const old = { id: 'ref_old', csl: { title: 'Tirvaciguat', DOI: 'https://doi.org/10.5555/JIC.2025.12' } } as Reference
  stubApi({ 'GET /manage/v1/references': { references: [TRIAL] } })
  const done = open({ references: [old] })

  await userEvent.type(await what(), '10.5555/jic.2025.12{Enter}')
  expect(await screen.findByText('This document has it already.')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Add and cite' }))

  expect(done).toEqual([old])
})
