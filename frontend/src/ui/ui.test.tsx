import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'

import { renderUi } from '@/test/render'

import { Button, ErrorState, FormField, KeysDialog, Palette, Row, RowGroup, Rows, SavedIndicator, StateBadge, useActions, type ItemState } from '.'
import { matchesKeys } from './keys'

function List({ onOpen }: { readonly onOpen: (id: string) => void }) {
  const [selected, setSelected] = useState<string>()
  return (
    <>
      <input aria-label="Note" />
      <Rows label="Letters" selected={selected} onSelect={setSelected} onOpen={onOpen}>
        <RowGroup title="First" count={2}>
          {['a', 'b'].map((id) => (
            <Row key={id} id={id} columns="1fr">
              Row {id}
            </Row>
          ))}
        </RowGroup>
        <RowGroup title="Second" count={1}>
          {['c'].map((id) => (
            <Row key={id} id={id} columns="1fr">
              Row {id}
            </Row>
          ))}
        </RowGroup>
      </Rows>
    </>
  )
}

test('J and K move through all groups and stop at the ends, Enter opens', async () => {
  const onOpen = vi.fn()
  renderUi(<List onOpen={onOpen} />)

  await userEvent.keyboard('jjjj')
  expect(screen.getByRole('option', { name: 'Row c' })).toHaveAttribute('aria-selected', 'true')
  expect(screen.getByRole('option', { name: 'Row c' })).toHaveFocus()
  await userEvent.keyboard('k{Enter}')
  expect(onOpen).toHaveBeenCalledExactlyOnceWith('b')
})

test('single keys rest while someone types', async () => {
  renderUi(<List onOpen={() => {}} />)

  await userEvent.type(screen.getByLabelText('Note'), 'jk')

  expect(screen.getByLabelText('Note')).toHaveValue('jk')
  expect(screen.getByRole('option', { name: 'Row a' })).toHaveAttribute('aria-selected', 'false')
})

test('arrow keys move inside the list', async () => {
  renderUi(<List onOpen={() => {}} />)

  await userEvent.click(screen.getByRole('option', { name: 'Row a' }))
  await userEvent.keyboard('{ArrowDown}')

  expect(screen.getByRole('option', { name: 'Row b' })).toHaveFocus()
})

test('a disabled button keeps its focus, tells why and does nothing', async () => {
  const onClick = vi.fn()
  renderUi(
    <Button disabledReason="Two findings block this" onClick={onClick}>
      Submit
    </Button>,
  )

  await userEvent.click(screen.getByRole('button'))

  expect(screen.getByRole('button')).toHaveAccessibleDescription('Two findings block this')
  expect(onClick).not.toHaveBeenCalled()
})

test('a busy button says what runs', () => {
  renderUi(<Button busy="Signing…">Sign</Button>)

  expect(screen.getByText('Signing…')).toBeVisible()
  expect(screen.getByRole('button')).toHaveAttribute('aria-disabled', 'true')
})

test.each<[ItemState, string]>([
  ['draft', 'Draft'],
  ['in-review', 'In review'],
  ['revise-and-resubmit', 'Revise and resubmit'],
  ['approved', 'Approved'],
  ['effective', 'Effective'],
  ['superseded', 'Superseded'],
  ['expired', 'Expired'],
  ['withdrawn', 'Withdrawn'],
])('the state %s has a word beside its shape', (state, word) => {
  const { container } = renderUi(<StateBadge state={state} />)

  expect(screen.getByText(word)).toBeVisible()
  expect(container.querySelector('svg')).not.toBeNull()
})

test('an error says what failed, what to do and offers to try again', async () => {
  const onRetry = vi.fn()
  renderUi(<ErrorState error={{ title: 'Search is not available', detail: 'Try again in a minute.', traceId: 't-9' }} onRetry={onRetry} kept="Your text is kept." />)

  expect(screen.getByRole('alert')).toHaveTextContent('Search is not availableTry again in a minute.Your text is kept.Trace t-9')
  await userEvent.click(screen.getByRole('button', { name: 'Retry' }))
  expect(onRetry).toHaveBeenCalledOnce()
})

test('a save that failed says where the text is and retries', async () => {
  const onRetry = vi.fn()
  renderUi(<SavedIndicator saving={{ kind: 'failed', onRetry }} />)

  expect(screen.getByRole('alert')).toHaveTextContent('Not saved, kept on this device')
  await userEvent.click(screen.getByRole('button', { name: 'Retry' }))
  expect(onRetry).toHaveBeenCalledOnce()
})

test('a field links its help and its message to the control', () => {
  renderUi(
    <FormField label="Reason" help="Goes into the trail" error="Write a reason">
      <textarea />
    </FormField>,
  )

  expect(screen.getByLabelText('Reason')).toHaveAccessibleDescription('Goes into the trail Write a reason')
  expect(screen.getByLabelText('Reason')).toBeInvalid()
})

function Commands({ run }: { readonly run: () => void }) {
  useActions('Here', [
    { label: 'Make a brief', keys: 'b', run },
    { label: 'Next row', keys: 'j', palette: false, run },
  ])
  return (
    <>
      <Palette opened onClose={() => {}} find={(words) => Promise.resolve([{ id: 'x', label: `Found ${words}`, group: 'Content', run }])} />
    </>
  )
}

test('the palette runs a command by typing part of its name and finds content', async () => {
  const run = vi.fn()
  renderUi(<Commands run={run} />)

  await userEvent.type(screen.getByRole('combobox'), 'brief')
  expect(await screen.findByRole('option', { name: 'Found brief' })).toBeVisible()
  expect(screen.queryByRole('option', { name: 'Next row' })).toBeNull()
  await userEvent.keyboard('{Enter}')
  expect(run).toHaveBeenCalledOnce()
})

function Keys() {
  useActions('Here', [{ label: 'Make a brief', keys: 'mod+b', run: () => {} }])
  return <KeysDialog opened onClose={() => {}} />
}

test('the list of keys shows what works here, and single keys can be switched off', async () => {
  renderUi(<Keys />)

  expect(screen.getByText('Make a brief')).toBeVisible()
  await userEvent.click(screen.getByRole('checkbox'))
  expect(window.localStorage.getItem('throughline-single-keys')).toBe('off')
})

test.each([
  ['k', { key: 'K', shiftKey: true }, false],
  ['k', { key: 'k' }, true],
  ['mod+k', { key: 'k', ctrlKey: true }, true],
  ['k', { key: 'k', ctrlKey: true }, false],
  ['?', { key: '?', shiftKey: true }, true],
  ['Shift+J', { key: 'J', shiftKey: true }, true],
  ['Enter', { key: 'Enter', ctrlKey: true }, false],
  ['Space', { key: ' ' }, true],
])('%s matches %o: %s', (keys, init, expected) => {
  expect(matchesKeys(new KeyboardEvent('keydown', init), keys)).toBe(expected)
})
