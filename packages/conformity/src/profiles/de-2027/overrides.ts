import type { Override } from '@messlatte/model'
import { text } from '../../text.ts'

export const OVERRIDES: readonly Override[] = [
  {
    id: '5.7-1',
    to: 'M',
    sourceStatus: 'reported',
    source: 'report-2026-07',
    reason: text(
      'Raised from recommendation to mandatory: the report names enforced secure boot as a required element.',
      'Von der Empfehlung zur Pflicht angehoben: Der Bericht nennt erzwungenes sicheres Booten als verlangtes Element.',
    ),
  },
  {
    id: '5.7-2',
    to: 'M',
    sourceStatus: 'analysis',
    source: 'messlatte-reading',
    reason: text(
      'Raised from recommendation to mandatory by our analysis: secure boot is enforced only if a failed verification has consequences.',
      'Durch unsere Analyse von der Empfehlung zur Pflicht angehoben: Sicheres Booten ist nur erzwungen, wenn eine fehlgeschlagene Prüfung Folgen hat.',
    ),
  },
  {
    id: '5.3-1',
    to: 'M',
    sourceStatus: 'analysis',
    source: 'messlatte-reading',
    reason: text(
      'Raised from recommendation to mandatory by our analysis: a component that cannot be updated is outside the reported update capability.',
      'Durch unsere Analyse von der Empfehlung zur Pflicht angehoben: Eine nicht aktualisierbare Komponente liegt außerhalb der berichteten Aktualisierbarkeit.',
    ),
  },
  {
    id: '5.3-4',
    to: 'M',
    sourceStatus: 'analysis',
    source: 'messlatte-reading',
    reason: text(
      'Raised from recommendation to mandatory by our analysis: updates over the air reach units in the field only if they run by themselves.',
      'Durch unsere Analyse von der Empfehlung zur Pflicht angehoben: Aktualisierungen über das Netz erreichen Geräte im Feld nur, wenn sie von selbst laufen.',
    ),
  },
  {
    id: '5.3-5',
    to: 'M',
    sourceStatus: 'analysis',
    source: 'messlatte-reading',
    reason: text(
      'Raised from recommendation to mandatory by our analysis: a device that never looks for updates does not get them over the air.',
      'Durch unsere Analyse von der Empfehlung zur Pflicht angehoben: Ein Gerät, das nie nach Aktualisierungen sucht, erhält sie nicht über das Netz.',
    ),
  },
  {
    id: '5.3-9',
    to: 'M',
    sourceStatus: 'analysis',
    source: 'messlatte-reading',
    reason: text(
      'Raised from recommendation to mandatory by our analysis: secure boot and updates over the air meet where the device itself verifies what it installs.',
      'Durch unsere Analyse von der Empfehlung zur Pflicht angehoben: Sicheres Booten und Aktualisierung über das Netz treffen sich dort, wo das Gerät selbst prüft, was es installiert.',
    ),
  },
]
