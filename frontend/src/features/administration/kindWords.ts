const WORDS: Readonly<Record<string, string>> = {
  entry: 'Audit entries, chained',
  root: 'Signed roots outside the database',
  record: 'What entries answer for',
  guard: 'Triggers that refuse changes',
  'api-key': 'Keys of channels',
  'content-change': 'Log of changes',
  'annotation-reply': 'Replies to annotations',
  item: 'Items',
  reference: 'References',
  blob: 'Files',
  circulation: 'Circulations',
  person: 'People and their roles',
  source: 'Sources of imported items',
  task: 'Review tasks',
}

/** `strategy-approval` as people say it: `Strategy approvals`. */
export function kindWords(kind: string): string {
  const known = WORDS[kind]
  if (known !== undefined) return known
  const words = kind.replaceAll('-', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}s`
}
