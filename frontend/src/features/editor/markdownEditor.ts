import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { markdown, markdownLanguage } from '@codemirror/lang-markdown'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { Compartment, EditorSelection, EditorState, RangeSetBuilder, StateEffect, StateField, type Extension } from '@codemirror/state'
import { Decoration, EditorView, keymap, MatchDecorator, placeholder, ViewPlugin, WidgetType, type DecorationSet, type ViewUpdate } from '@codemirror/view'
import { tags } from '@lezer/highlight'

import { CITATION, idsIn, shownNumbers } from '@/content/citations'

/** What the directives and citations of a text point to. */
export interface Targets {
  /** Words for a claim by its item id; undefined while it is not known. */
  readonly claim: (itemId: string) => string | undefined
  /** The number of a reference by its id; undefined when the document has no such reference. */
  readonly number: (referenceId: string) => number | undefined
  readonly citable: boolean
}

/** A part of a text, its end exclusive. */
export interface Piece {
  readonly start: number
  readonly end: number
}

/** A comment on words of the text, and the block of Markdown that they stand in as it was saved. */
export interface NotePlace {
  readonly id: string
  readonly from: number
  readonly source: string
  readonly quote: string
}

interface EditorOptions {
  /** The element that the editor fills. It gets a shadow root, see below. */
  readonly host: HTMLElement
  readonly text: string
  readonly label: string
  readonly readOnly: boolean
  readonly targets: Targets
  readonly onChange: (text: string) => void
  /** `@` and `[` at the start of a word ask for a claim or a citation. */
  readonly onAsk: (what: 'claim' | 'citation') => void
  /** A comment's words were chosen. */
  readonly onNote: (id: string) => void
}

export interface MarkdownEditor {
  readonly view: EditorView
  setText(text: string): void
  setTargets(targets: Targets): void
  /** Marks the lines of pieces that still stand as they were copied; a line loses its mark when somebody writes in it. */
  setCopied(pieces: readonly Piece[]): void
  setNotes(notes: readonly NotePlace[]): void
  /** Chooses the words of a comment; false if they have no place in the text as it is typed now. */
  goToNote(id: string): boolean
  insert(text: string): void
  select(start: number, end: number): void
  run(command: Formatting): void
  focus(): void
  destroy(): void
}

export type Formatting = 'bold' | 'italic' | 'list' | 'table' | 'paragraph' | 'heading-2' | 'heading-3'

const retarget = StateEffect.define<null>()
const markCopied = StateEffect.define<readonly Piece[]>()

const placeNotes = StateEffect.define<readonly NotePlace[]>()

/** Where comments lie: as the server placed them in the saved text, and carried along by what is typed since. */
const noteMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const carried = marks.map(transaction.changes)
    const placed = transaction.effects.findLast((it) => it.is(placeNotes))
    return placed === undefined ? carried : markNotes(transaction.state.doc.toString(), placed.value as readonly NotePlace[], carried)
  },
  provide: (field) => EditorView.decorations.from(field),
})

function markNotes(text: string, notes: readonly NotePlace[], carried: DecorationSet): DecorationSet {
  const ranges = notes.flatMap((note) => {
    const [from, to] = rangeIn(text, note) ?? rangeOf(carried, note.id) ?? [0, 0]
    return from < to ? [Decoration.mark({ class: 'noted', noteId: note.id, attributes: { 'data-note': note.id, title: 'A reviewer commented on these words' } }).range(from, to)] : []
  })
  return Decoration.set(ranges, true)
}

/** The quoted words where the Markdown has them as they are read, else their whole block. */
function rangeIn(text: string, { from, source, quote }: NotePlace): readonly [number, number] | undefined {
  const block = source.trimEnd()
  const at = text.startsWith(block, from) ? from : text.indexOf(block)
  if (at < 0 || (at !== from && text.includes(block, at + 1))) return undefined
  const inside = block.indexOf(quote)
  return inside >= 0 && !block.includes(quote, inside + 1) ? [at + inside, at + inside + quote.length] : [at, at + block.length]
}

function rangeOf(marks: DecorationSet, id: string): readonly [number, number] | undefined {
  for (const at = marks.iter(); at.value !== null; at.next()) {
    if ((at.value.spec as { noteId?: string }).noteId === id) return [at.from, at.to]
  }
  return undefined
}

/**
 * A Markdown editor that looks like the document. It lives in a shadow root: there CodeMirror uses constructed style
 * sheets, whereas in the page it would write style elements, which the content security policy refuses.
 */
export function createMarkdownEditor({ host, text, label, readOnly, targets, onChange, onAsk, onNote }: EditorOptions): MarkdownEditor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  root.replaceChildren()
  const aimed = { current: targets }
  const editable = new Compartment()
  let quiet = false
  const ask = (what: 'claim' | 'citation', key: string) => (view: EditorView) => {
    const { from } = view.state.selection.main
    const before = from === 0 ? '' : view.state.sliceDoc(from - 1, from)
    if (what === 'claim' ? !/^\s?$/.test(before) : before === '!' || before === '\\' || !aimed.current.citable) return false
    void key
    onAsk(what)
    return true
  }
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        history(),
        keymap.of([
          { key: 'Mod-b', run: format('bold'), preventDefault: true },
          { key: 'Mod-i', run: format('italic'), preventDefault: true },
          { key: '@', run: ask('claim', '@') },
          { key: '[', run: ask('citation', '[') },
          ...historyKeymap,
          // Ctrl Enter is the screen's primary action, not a new line. Tab stays the key that leaves the text.
          ...defaultKeymap.filter((it) => it.key !== 'Mod-Enter'),
        ]),
        markdown({ base: markdownLanguage, addKeymap: true }),
        syntaxHighlighting(marks),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'true', autocapitalize: 'sentences' }),
        placeholder('Write, or paste Markdown. @ inserts a claim, [ a citation.'),
        editable.of([EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly)]),
        directives(aimed),
        noteMarks,
        EditorView.domEventHandlers({
          click: (event) => {
            const id = (event.target as Element).closest('[data-note]')?.getAttribute('data-note')
            if (typeof id === 'string') onNote(id)
          },
        }),
        lines,
        copiedLines,
        look,
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !quiet) onChange(update.state.doc.toString())
        }),
      ],
    }),
  })
  // Outside the shadow root a key press seems to come from the host, which is no field: single-letter keys of the screen
  // would answer while someone writes. Keys with Ctrl and function keys go on.
  const keepKeys = (event: Event) => {
    const key = event as KeyboardEvent
    if (!key.ctrlKey && !key.metaKey && !/^F\d+$/.test(key.key)) event.stopPropagation()
  }
  host.addEventListener('keydown', keepKeys)
  return {
    view,
    setText(next) {
      if (next === view.state.doc.toString()) return
      quiet = true
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } })
      quiet = false
    },
    setCopied(pieces) {
      view.dispatch({ effects: markCopied.of(pieces) })
    },
    select(start, end) {
      const last = view.state.doc.length
      view.dispatch({ selection: { anchor: Math.min(start, last), head: Math.min(end, last) }, effects: EditorView.scrollIntoView(Math.min(start, last), { y: 'center' }) })
      view.focus()
    },
    setTargets(next) {
      aimed.current = next
      view.dispatch({ effects: retarget.of(null) })
    },
    setNotes: (notes) => view.dispatch({ effects: placeNotes.of(notes) }),
    goToNote(id) {
      const range = rangeOf(view.state.field(noteMarks), id)
      if (range === undefined) return false
      view.dispatch({ selection: EditorSelection.range(...range), effects: EditorView.scrollIntoView(range[0], { y: 'center' }) })
      view.focus()
      return true
    },
    insert(inserted) {
      view.dispatch(view.state.replaceSelection(inserted))
      view.focus()
    },
    run(command) {
      format(command)(view)
      view.focus()
    },
    focus: () => view.focus(),
    destroy() {
      host.removeEventListener('keydown', keepKeys)
      view.destroy()
    },
  }
}

const TABLE = '\n| Heading | Heading |\n|---|---|\n| Cell | Cell |\n'

function format(command: Formatting): (view: EditorView) => boolean {
  return (view) => {
    switch (command) {
      case 'bold':
        return wrap(view, '**')
      case 'italic':
        return wrap(view, '_')
      case 'list':
        return prefixLines(view, (line) => (/^\s*[-*] /.test(line) ? line.replace(/^(\s*)[-*] /, '$1') : `- ${line}`))
      case 'paragraph':
        return prefixLines(view, (line) => line.replace(/^#{1,6} /, ''))
      case 'heading-2':
        return prefixLines(view, (line) => `## ${line.replace(/^#{1,6} /, '')}`)
      case 'heading-3':
        return prefixLines(view, (line) => `### ${line.replace(/^#{1,6} /, '')}`)
      case 'table':
        view.dispatch(view.state.replaceSelection(TABLE))
        return true
    }
  }
}

/** Puts a mark around each selection, or takes it away where it is already. */
function wrap(view: EditorView, mark: string): boolean {
  view.dispatch(
    view.state.changeByRange((range) => {
      const { from, to } = range
      const around = view.state.sliceDoc(from - mark.length, from) === mark && view.state.sliceDoc(to, to + mark.length) === mark
      return around
        ? { changes: [{ from: from - mark.length, to: from }, { from: to, to: to + mark.length }], range: EditorSelection.range(from - mark.length, to - mark.length) }
        : { changes: [{ from, insert: mark }, { from: to, insert: mark }], range: EditorSelection.range(from + mark.length, to + mark.length) }
    }),
  )
  return true
}

function prefixLines(view: EditorView, change: (line: string) => string): boolean {
  const { state } = view
  const first = state.doc.lineAt(state.selection.main.from).number
  const last = state.doc.lineAt(state.selection.main.to).number
  const changes = []
  for (let number = first; number <= last; number++) {
    const line = state.doc.line(number)
    changes.push({ from: line.from, to: line.to, insert: change(line.text) })
  }
  view.dispatch({ changes })
  return true
}

class ClaimChip extends WidgetType {
  constructor(
    private readonly itemId: string,
    private readonly words: string | undefined,
  ) {
    super()
  }

  override eq(other: ClaimChip): boolean {
    return other.itemId === this.itemId && other.words === this.words
  }

  override toDOM(): HTMLElement {
    const chip = document.createElement('span')
    chip.className = 'claim'
    chip.textContent = `“ ${this.words ?? 'Claim'}`
    chip.title = this.itemId
    return chip
  }

  override ignoreEvent(): boolean {
    return false
  }
}

class CitationChip extends WidgetType {
  constructor(
    private readonly source: string,
    private readonly numbers: string | undefined,
  ) {
    super()
  }

  override eq(other: CitationChip): boolean {
    return other.source === this.source && other.numbers === this.numbers
  }

  override toDOM(): HTMLElement {
    const chip = document.createElement('span')
    chip.className = this.numbers === undefined ? 'cite bad' : 'cite'
    chip.textContent = this.numbers ?? this.source
    chip.title = this.numbers === undefined ? 'The document has no such reference' : this.source
    return chip
  }

  override ignoreEvent(): boolean {
    return false
  }
}

/** Claims as chips, citations as small numbers; one without its reference is marked. */
function directives(targets: { current: Targets }): Extension {
  const matcher = new MatchDecorator({
    regexp: new RegExp(`:claim\\[(itm_[0-9A-Za-z_-]{1,64})]|${CITATION.source}`, 'g'),
    decoration: (match) => {
      const claim = match[1]
      if (claim !== undefined) return Decoration.replace({ widget: new ClaimChip(claim, targets.current.claim(claim)) })
      return Decoration.replace({ widget: new CitationChip(match[0], shownNumbers(idsIn(match[2] ?? ''), targets.current.number)) })
    },
  })
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      constructor(view: EditorView) {
        this.decorations = matcher.createDeco(view)
      }
      update(update: ViewUpdate) {
        const moved = update.transactions.some((it) => it.effects.some((effect) => effect.is(retarget)))
        this.decorations = moved ? matcher.createDeco(update.view) : matcher.updateDeco(update, this.decorations)
      }
    },
    {
      decorations: (it) => it.decorations,
      provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.decorations.update({ filter: (_from, _to, value) => value.spec.widget !== undefined }) ?? Decoration.none),
    },
  )
}

const copiedLine = Decoration.line({ class: 'copiedLine', attributes: { title: 'As in the source: not yet translated' } })

/** The lines of copied pieces. They move with the text, and a line in which somebody writes is a copy no more. */
const copiedLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marked, transaction) {
    let next = marked
    if (transaction.docChanged) {
      next = next.map(transaction.changes)
      transaction.changes.iterChangedRanges((_fromA, _toA, from, to) => {
        const first = transaction.state.doc.lineAt(from).from
        next = next.update({ filter: (at) => at < first || at > to })
      })
    }
    for (const effect of transaction.effects) if (effect.is(markCopied)) next = linesOf(transaction.state, effect.value)
    return next
  },
  provide: (field) => EditorView.decorations.from(field),
})

function linesOf(state: EditorState, pieces: readonly Piece[]): DecorationSet {
  const starts = new Set<number>()
  for (const { start, end } of pieces) {
    for (let at = Math.min(start, state.doc.length); at < Math.min(end, state.doc.length); ) {
      const line = state.doc.lineAt(at)
      if (line.text.trim() !== '') starts.add(line.from)
      at = line.to + 1
    }
  }
  return Decoration.set([...starts].sort((a, b) => a - b).map((at) => copiedLine.range(at)))
}

const tableLine = Decoration.line({ class: 'tableLine' })
const emptyLine = Decoration.line({ class: 'emptyLine' })

/** Rows of a table keep their columns under each other; an empty line parts paragraphs as a document does, with half a line. */
const lines = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = lineShapes(view)
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged || update.selectionSet) this.decorations = lineShapes(update.view)
    }
  },
  { decorations: (it) => it.decorations },
)

function lineShapes(view: EditorView): DecorationSet {
  const found = new RangeSetBuilder<Decoration>()
  const cursor = view.state.doc.lineAt(view.state.selection.main.head).number
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at)
      if (/^\s*\|/.test(line.text)) found.add(line.from, line.from, tableLine)
      else if (line.text === '' && line.number !== cursor) found.add(line.from, line.from, emptyLine)
      at = line.to + 1
    }
  }
  return found.finish()
}

const marks = HighlightStyle.define([
  { tag: tags.heading1, fontSize: '1.125rem', fontWeight: '600', letterSpacing: '-0.01em' },
  { tag: tags.heading2, fontSize: '1.0625rem', fontWeight: '600', letterSpacing: '-0.01em' },
  { tag: [tags.heading3, tags.heading4, tags.heading5, tags.heading6], fontWeight: '600' },
  { tag: tags.strong, fontWeight: '600' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: tags.link, color: 'var(--accent-text)' },
  { tag: tags.url, color: 'var(--text-3)' },
  { tag: tags.quote, color: 'var(--text-2)' },
  { tag: tags.monospace, fontFamily: 'var(--font-mono)', fontSize: '0.8125rem' },
  { tag: [tags.processingInstruction, tags.contentSeparator], color: 'var(--text-3)', fontWeight: '400' },
])

const look = EditorView.theme({
  '&': { color: 'var(--text)', backgroundColor: 'transparent', fontSize: 'var(--fs-15)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-ui)', lineHeight: 'var(--lh-doc)', overflow: 'visible' },
  '.cm-content': { padding: '0 0 40px', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0' },
  '.cm-placeholder': { color: 'var(--text-3)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.tableLine': { fontFamily: 'var(--font-mono)', fontSize: '12px', lineHeight: '20px' },
  '.emptyLine': { lineHeight: '12px' },
  '.copiedLine': { background: 'var(--warn-bg)', boxShadow: '-8px 0 0 var(--warn-bg), -10px 0 0 var(--warn-mark)' },
  '.claim': {
    padding: '2px 5px',
    borderRadius: '3px',
    background: 'var(--accent-soft)',
    boxShadow: 'inset 0 -1.5px 0 color-mix(in srgb, var(--accent-text) 45%, transparent)',
    color: 'var(--accent-text)',
    fontSize: '13px',
    fontWeight: '500',
  },
  '.cite': {
    padding: '0 3px',
    margin: '0 1px',
    borderRadius: '4px',
    boxShadow: 'inset 0 0 0 1px var(--line-strong)',
    color: 'var(--accent-text)',
    fontSize: '11px',
    fontWeight: '500',
    verticalAlign: '2px',
  },
  '.noted': { borderBottom: '2px solid var(--review-mark)', cursor: 'pointer' },
  '.cite.bad': { boxShadow: 'inset 0 0 0 1px var(--block-mark)', color: 'var(--block)' },
})
