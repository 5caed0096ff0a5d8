import type { EvidenceDraft, Fact, Place } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import type { KnownSystem } from './absence.ts'
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

/** Every program that the system starts is known, and none of them can put an update into place. */
export function absentEvidence({ programs, place }: KnownSystem, system: string): EvidenceDraft {
  return {
    kind: 'update.mechanism.absent',
    polarity: 'against',
    provisions: provisions(['5.3-2']),
    cases: cases('5.3-2-1'),
    place,
    title: {
      en: 'Nothing that this system starts can install an update',
      de: 'Nichts, was dieses System startet, kann ein Update installieren',
    },
    observation: { system, programs },
    confidence: {
      grade: 'medium',
      reason: {
        en: 'Every program that is started is known, and none fetches, takes or writes an update; a boot loader that is not in the release was not seen.',
        de: 'Jedes gestartete Programm ist bekannt, und keines lädt, nimmt oder schreibt ein Update; ein Bootloader, der nicht in der Firmware liegt, wurde nicht gesehen.',
      },
    },
    overturnedBy: {
      en: 'Any way in which a unit is updated: by an app, a USB stick, a recovery mode, the boot loader or a service tool.',
      de: 'Irgendein Weg, auf dem ein Gerät aktualisiert wird: per App, USB-Stick, Wiederherstellungsmodus, Bootloader oder Service-Werkzeug.',
    },
  }
}
