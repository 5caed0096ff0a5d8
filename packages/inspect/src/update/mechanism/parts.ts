import type { CaseRef, PartId, ProvisionRef, Text } from '@messlatte/model'
import { cases, provisions } from '../../drafts.ts'

/** A part of an update mechanism: what evidence on it is about, and what is asked while nothing was found of it. */
export interface PartWords {
  readonly id: PartId
  /** Kind of the evidence that the join states. */
  readonly kind: string
  readonly question: Text
  readonly provisions: readonly ProvisionRef[]
  readonly cases: readonly CaseRef[]
}

/** In the order in which they are told. */
export const PARTS: readonly PartWords[] = [
  {
    id: 'agent',
    kind: 'update.part.agent',
    question: {
      en: 'Which program updates this system, and what starts it?',
      de: 'Welches Programm aktualisiert dieses System, und was startet es?',
    },
    provisions: provisions(['5.3-1', '5.3-2']),
    cases: cases('5.3-1-1', '5.3-2-1'),
  },
  {
    id: 'source',
    kind: 'update.part.source',
    question: { en: 'Where do updates come from?', de: 'Woher kommen Updates?' },
    provisions: provisions(['5.3-2', '5.3-10']),
    cases: cases('5.3-2-1', '5.3-10-1'),
  },
  {
    id: 'transport',
    kind: 'update.part.transport',
    question: {
      en: 'With which authorities does the device check the update server?',
      de: 'Mit welchen Zertifizierungsstellen prüft das Gerät den Update-Server?',
    },
    provisions: provisions(['5.3-10', '5.5-1']),
    cases: cases('5.3-10-1', '5.5-1-2'),
  },
  {
    id: 'packageCheck',
    kind: 'update.part.package-check',
    question: {
      en: 'Does the device verify a signature before it installs, and with which key?',
      de: 'Prüft das Gerät vor der Installation eine Signatur, und mit welchem Schlüssel?',
    },
    provisions: provisions(['5.3-2', '5.3-9', '5.3-10']),
    cases: cases('5.3-2-1', '5.3-9-1', '5.3-10-1'),
  },
  {
    id: 'anchor',
    kind: 'update.part.anchor',
    question: {
      en: 'Which key are updates verified with, where is it kept, and who has its private half?',
      de: 'Mit welchem Schlüssel werden Updates geprüft, wo liegt er, und wer hat seine private Hälfte?',
    },
    provisions: provisions(['5.3-7', '5.3-9', '5.3-10']),
    cases: cases('5.3-7-1', '5.3-9-1', '5.3-10-1'),
  },
  {
    id: 'install',
    kind: 'update.part.install',
    question: {
      en: 'What does the device start when an update was cut off half-way?',
      de: 'Was startet das Gerät, wenn ein Update auf halbem Weg abgebrochen wurde?',
    },
    provisions: provisions(['5.3-2', '5.9-2']),
    cases: cases('5.3-2-1'),
  },
  {
    id: 'rollback',
    kind: 'update.part.rollback',
    question: {
      en: 'Is an older, validly signed version refused, and by which counter?',
      de: 'Wird eine ältere, gültig signierte Version abgewiesen, und anhand welches Zählers?',
    },
    provisions: provisions(['5.3-2']),
    cases: cases('5.3-2-1'),
  },
  {
    id: 'automatic',
    kind: 'update.automatic',
    question: {
      en: 'Does the device look for updates by itself, how often, and is that on from the start?',
      de: 'Sucht das Gerät von selbst nach Updates, wie oft, und ist das ab Werk eingeschaltet?',
    },
    provisions: provisions(['5.3-4', '5.3-5', '5.3-6'], ['5.3-4A', '5.3-4B', '5.3-5', '5.3-6A']),
    cases: cases('5.3-4-1', '5.3-5-1', '5.3-6-1'),
  },
  {
    id: 'notification',
    kind: 'update.part.notification',
    question: {
      en: 'How is the user told that an update is there, what it is for, and that it will interrupt the device?',
      de: 'Wie erfährt der Nutzer, dass ein Update da ist, wozu es dient, und dass es das Gerät unterbricht?',
    },
    provisions: provisions(['5.3-3', '5.3-6', '5.3-11', '5.3-12'], ['5.3-3', '5.3-6B', '5.3-11', '5.3-12']),
    cases: cases('5.3-3-1', '5.3-6-1', '5.3-11-1', '5.3-12-1'),
  },
  {
    id: 'reach',
    kind: 'update.part.reach',
    question: {
      en: 'Which software components can be updated, and which cannot?',
      de: 'Welche Softwarekomponenten lassen sich aktualisieren, und welche nicht?',
    },
    provisions: provisions(['5.3-1']),
    cases: cases('5.3-1-1'),
  },
]

export function partWords(id: PartId): PartWords {
  const words = PARTS.find((one) => one.id === id)
  if (!words) throw new Error(`no words for the part ${id}`)
  return words
}
