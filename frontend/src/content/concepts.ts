import type { Schema } from '@/api/types'

type Concept = Schema<'Concept'>

/** A concept with the broader ones in front: `HCP › Cardiology`. The first broader one counts where there are several. */
export function conceptPath(concepts: readonly Concept[], notation: string): string {
  const byNotation = new Map(concepts.map((it) => [it.notation, it]))
  const labels: string[] = []
  let at: string | undefined = notation
  // A vocabulary may not have a circle, but a screen must not hang if one does.
  while (at !== undefined && labels.length < 12) {
    const concept: Concept | undefined = byNotation.get(at)
    labels.unshift(concept?.label ?? at)
    at = concept?.broader?.[0]
  }
  return labels.join(' › ')
}

/** Every word must be in the label, the path, the notation, the definition or the example. */
export function matchingConcepts(concepts: readonly Concept[], words: string): readonly Concept[] {
  const wanted = words.toLowerCase().split(/\s+/).filter((it) => it !== '')
  if (wanted.length === 0) return concepts
  return concepts.filter((it) => {
    const text = [conceptPath(concepts, it.notation), it.notation, it.definition, it.example].join(' ').toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}

/** The stages that are for one of the chosen audiences or for an audience above it; all while none is chosen. */
export function stagesFor(stages: readonly Concept[], audiences: readonly Concept[], chosen: readonly string[]): readonly Concept[] {
  if (chosen.length === 0) return stages
  const above = new Set(chosen.flatMap((it) => withBroader(audiences, it)))
  return stages.filter((it) => it.audience === undefined || it.audience.length === 0 || it.audience.some((audience) => above.has(audience)))
}

/** A notation with those below it, in the order of the vocabulary. */
export function withNarrower(concepts: readonly Concept[], notation: string): readonly string[] {
  const below = concepts.filter((it) => withBroader(concepts, it.notation).includes(notation)).map((it) => it.notation)
  return below.length === 0 ? [notation] : below
}

/** A notation with everything above it. */
export function withBroader(concepts: readonly Concept[], notation: string, seen: readonly string[] = []): readonly string[] {
  if (seen.includes(notation)) return seen
  const concept = concepts.find((it) => it.notation === notation)
  return (concept?.broader ?? []).reduce<readonly string[]>((all, it) => withBroader(concepts, it, all), [...seen, notation])
}
