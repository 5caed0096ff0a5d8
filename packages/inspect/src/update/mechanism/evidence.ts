import type { EvidenceDraft, Fact, Place } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { partWords } from './parts.ts'

/** A part of which the check that found it states no evidence itself. */
export function partEvidence({ place, data }: Fact<'update.part'>): EvidenceDraft {
  const { part, client, statement, polarity, confidence, how, line, observation, overturnedBy } = data
  const words = partWords(part.id)
  return {
    kind: words.kind,
    polarity,
    provisions: words.provisions,
    cases: words.cases,
    place,
    title: statement,
    observation: {
      client: client?.id ?? null,
      ...part,
      how,
      ...(line === undefined ? {} : { line }),
      ...observation,
    },
    confidence,
    ...(overturnedBy ? { overturnedBy } : {}),
  }
}

/** Nothing that updates this system was recognised: that says neither that there is something nor that there is nothing. */
export function noneEvidence(place: Place, system: string, looked: readonly string[]): EvidenceDraft {
  return {
    kind: 'update.mechanism.none',
    polarity: 'neutral',
    provisions: provisions(['5.3-1', '5.3-2']),
    cases: cases('5.3-1-1', '5.3-2-1'),
    place,
    title: {
      en: 'No update mechanism was recognised in this system',
      de: 'In diesem System wurde kein Update-Mechanismus erkannt',
    },
    observation: { system, starts: looked },
    confidence: {
      grade: 'low',
      reason: {
        en: 'A program of the maker, a boot loader, an app, a USB stick or a recovery mode may update it without a sign that is known.',
        de: 'Ein Programm des Herstellers, ein Bootloader, eine App, ein USB-Stick oder ein Wiederherstellungsmodus kann es ohne bekanntes Anzeichen aktualisieren.',
      },
    },
  }
}
