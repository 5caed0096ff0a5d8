import type { CriterionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'

export const CRITERIA: readonly CriterionRule[] = [
  {
    id: 'ota-capability',
    provision: '5.3-10',
    sourceStatus: 'reported',
    source: 'report-2026-07',
    title: text(
      'The product receives security updates over the network',
      'Das Produkt erhält Sicherheitsaktualisierungen über das Netz',
    ),
    // Without this a product with updates by USB stick alone would leave 5.3-10 as not applicable.
    needs: { all: [{ trait: 'network-updates' }, { trait: 'update-mechanism' }] },
    missing: [
      ask(
        'maker',
        'documents',
        'A statement whether this model receives updates over the network, from which servers, and a dated record of one that a unit in the field received',
        'Eine Erklärung, ob dieses Modell Aktualisierungen über das Netz erhält, von welchen Servern, und ein datierter Nachweis einer, die ein Gerät im Feld erhalten hat',
      ),
    ],
  },
  {
    id: 'ota-constrained-too',
    provision: '5.3-2',
    sourceStatus: 'reported',
    source: 'report-2026-07',
    title: text(
      'The product can be updated, also where it is a constrained device',
      'Das Produkt ist aktualisierbar, auch wenn es ein eingeschränktes Gerät ist',
    ),
    // The report speaks of all IoT devices; the standard lets constrained ones go.
    needs: { trait: 'update-mechanism' },
    missing: [
      ask(
        'maker',
        'documents',
        'A statement whether this model can be updated at all, and by which mechanism',
        'Eine Erklärung, ob dieses Modell überhaupt aktualisierbar ist und durch welchen Mechanismus',
      ),
    ],
  },
  {
    id: 'hardware-root-of-trust',
    provision: '5.7-1',
    shownBy: 'boot.fuses.enforced',
    sourceStatus: 'analysis',
    source: 'messlatte-reading',
    title: text(
      'Boot verification starts at a root of trust in hardware that cannot be changed, or only with cryptographic authorisation',
      'Die Prüfung beim Start beginnt an einem Vertrauensanker in der Hardware, der unveränderlich oder nur mit kryptografischer Berechtigung änderbar ist',
    ),
    missing: [
      ask(
        'maker',
        'device',
        'The fuse read-out of one unit that shows the digest of the boot key burned and locked, and the key itself, so that the digest can be computed again',
        'Das Fuse-Auslesen eines Geräts, das den eingebrannten und gesperrten Digest des Startschlüssels zeigt, und der öffentliche Schlüssel selbst, damit der Digest nachgerechnet werden kann',
      ),
      ask(
        'maker',
        'documents',
        'The production step that burns these fuses, with the number of units it was checked on, and an evaluation report of the chip (PSA, SESIP, Common Criteria) for this revision where there is one',
        'Der Produktionsschritt, der diese Fuses brennt, mit der Zahl der geprüften Geräte, und ein Prüfbericht des Chips (PSA, SESIP, Common Criteria) für diese Revision, falls vorhanden',
      ),
    ],
  },
]
