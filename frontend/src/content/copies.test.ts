import { expect, test } from 'vitest'

import { copyWords, isOpen } from './copies'

test('a copy says what it was copied from and what is still to do', () => {
  expect(copyWords({ locale: 'en-GB', version: 3, state: 'untranslated' }, 'de-DE')).toBe('copy of en-GB, version 3 - not yet translated')
  expect(copyWords({ locale: 'en-GB', revision: 2, state: 'partly-translated' }, 'fr-FR')).toBe('copy of en-GB, draft - partly translated')
  expect(copyWords({ locale: 'de-DE', version: 1, state: 'confirmed' }, 'de-CH')).toBe('copy of de-DE, version 1 - right as it stands')
  expect(copyWords({ locale: 'de-DE', version: 1, state: 'untranslated' }, 'de-CH')).toBe('copy of de-DE, version 1 - not yet adapted')
  expect(isOpen({ locale: 'en-GB', version: 3, state: 'translated' })).toBe(false)
  expect(isOpen(undefined)).toBe(false)
})
