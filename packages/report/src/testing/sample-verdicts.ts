import type { Evidence, Missing, Pillar, Reason, Text, Verdict } from '@messlatte/model'
import * as seen from './sample-evidence.ts'

/** What differs from "open" in the rich sample; a profile's verdict where it differs from the baseline's. */
export interface SampleVerdict {
  readonly baseline: Verdict
  readonly profile?: Verdict
  readonly reasons: readonly Reason[]
}

export const NOTHING_SEEN: Reason = {
  text: {
    en: 'Nothing in the image speaks for it or against it.',
    de: 'Nichts im Abbild spricht dafür oder dagegen.',
  },
  evidence: [],
}

/** Raised by the profile, and the status of the source that raises it. */
export const RAISED: Readonly<Record<string, 'reported' | 'analysis'>> = {
  '5.7-1': 'reported',
  '5.3-4': 'reported',
  '5.7-2': 'analysis',
  '5.3-1': 'analysis',
  '5.3-5': 'analysis',
  '5.3-9': 'analysis',
}

export const RICH_VERDICTS: Readonly<Record<string, SampleVerdict>> = {
  '5.1-1': both(
    'fail',
    'A default password and an empty one are set in the image.',
    'Im Abbild sind ein Standardpasswort und ein leeres Passwort gesetzt.',
    seen.weakRoot,
    seen.emptyGuest,
  ),
  '5.4-1': both(
    'fail',
    'A private key lies in the image where anyone can read it.',
    'Ein privater Schlüssel liegt für jeden lesbar im Abbild.',
    seen.pairedKey,
  ),
  '5.4-3': both(
    'fail',
    'A private key and a password are part of the software.',
    'Ein privater Schlüssel und ein Passwort sind Teil der Software.',
    seen.pairedKey,
    seen.weakRoot,
  ),
  '5.4-4': both(
    'fail',
    'Every unit with this image holds the same private key.',
    'Jedes Gerät mit diesem Abbild hat denselben privaten Schlüssel.',
    seen.pairedKey,
  ),
  '5.5-5': both(
    'fail',
    'A remote shell is started that asks for no or a known password.',
    'Es startet eine Fernshell, die kein oder ein bekanntes Passwort verlangt.',
    seen.telnet,
    seen.hostile,
  ),
  '5.3-7': both(
    'fail',
    'Updates come over plain HTTP and are not verified.',
    'Updates kommen über unverschlüsseltes HTTP und werden nicht geprüft.',
    seen.httpUpdate,
  ),
  '5.3-10': both(
    'fail',
    'No trust relationship stands behind the update.',
    'Hinter dem Update steht keine Vertrauensbeziehung.',
    seen.httpUpdate,
  ),
  '5.7-1': {
    ...both(
      'not-met',
      'The kernel carries a checksum only; nothing can verify who made it.',
      'Der Kernel trägt nur eine Prüfsumme; wer ihn gemacht hat, lässt sich nicht prüfen.',
      seen.unsignedKernel,
    ),
    profile: 'fail',
  },
  '5.3-9': {
    ...both(
      'not-met',
      'The device writes updates without verifying them.',
      'Das Gerät schreibt Updates, ohne sie zu prüfen.',
      seen.httpUpdate,
    ),
    profile: 'fail',
  },
  '5.5-4': both(
    'not-met',
    'telnetd answers before any strong authentication.',
    'telnetd antwortet vor jeder starken Anmeldung.',
    seen.telnet,
  ),
  '5.6-1': both(
    'contested',
    'The supplier declares that no unused interface is enabled; telnetd is started.',
    'Laut Lieferant ist keine ungenutzte Schnittstelle aktiv; telnetd wird gestartet.',
    seen.telnet,
    seen.hostile,
  ),
  '5.6-7': both(
    'supported',
    'The web server runs under an account of its own.',
    'Der Webserver läuft unter einem eigenen Konto.',
  ),
  '5.3-13': both(
    'pass',
    'Decided by A. Beispiel on 2026-11-02.',
    'Entschieden von A. Beispiel am 02.11.2026.',
  ),
  '5.3-14': both(
    'not-applicable',
    'The device is not constrained (stated by the user).',
    'Das Gerät ist nicht ressourcenbeschränkt (Angabe der Nutzerin).',
  ),
  '5.3-15': both(
    'not-applicable',
    'The device is not constrained (stated by the user).',
    'Das Gerät ist nicht ressourcenbeschränkt (Angabe der Nutzerin).',
  ),
  '5.10-1': both(
    'not-applicable',
    'No telemetry is collected (stated by the user).',
    'Es wird keine Telemetrie erhoben (Angabe der Nutzerin).',
  ),
}

export const MISSING: Readonly<Record<Pillar | 'other' | 'not-met', readonly Missing[]>> = {
  secureBoot: [
    ask(
      'maker',
      'documents',
      'The boot chain: which stage verifies which, with which key, and how it is enforced',
      'Die Startkette: welche Stufe welche prüft, mit welchem Schlüssel, und wie es erzwungen wird',
    ),
    ask('laboratory', 'device', 'A fuse read-out of one unit', 'Das Ausleseprotokoll der Fuses eines Geräts'),
  ],
  credentials: [
    ask(
      'laboratory',
      'units',
      'Two units of the variant, to compare their passwords and keys',
      'Zwei Geräte der Variante, um Passwörter und Schlüssel zu vergleichen',
    ),
    ask(
      'maker',
      'documents',
      'How credentials are made and brought into the device (IXIT 1-AuthMech, 10-SecParam)',
      'Wie Zugangsdaten erzeugt und ins Gerät gebracht werden (IXIT 1-AuthMech, 10-SecParam)',
    ),
  ],
  updates: [
    ask(
      'maker',
      'documents',
      'The update mechanism as declared (IXIT 7-UpdMech), with time frames (8-UpdProc)',
      'Der erklärte Updatemechanismus (IXIT 7-UpdMech) mit Fristen (8-UpdProc)',
    ),
    ask(
      'maker',
      'versions',
      'The previous release, to see what an update changes',
      'Die vorige Version, um zu sehen, was ein Update ändert',
    ),
    ask(
      'laboratory',
      'device',
      'A running unit, to offer it a changed and an older update',
      'Ein laufendes Gerät, um ihm ein verändertes und ein älteres Update anzubieten',
    ),
  ],
  other: [
    ask(
      'maker',
      'documents',
      'The ICS with the row for this provision',
      'Das ICS mit der Zeile zu dieser Bestimmung',
    ),
    ask(
      'importer',
      'documents',
      'The user documentation as delivered',
      'Die Nutzerdokumentation, wie sie ausgeliefert wird',
    ),
  ],
  'not-met': [
    ask(
      'assessor',
      'documents',
      'A recorded justification for not following the recommendation',
      'Eine festgehaltene Begründung, warum die Empfehlung nicht befolgt wird',
    ),
  ],
}

function both(verdict: Verdict, en: string, de: string, ...evidence: readonly Evidence[]): SampleVerdict {
  return { baseline: verdict, reasons: [{ text: { en, de }, evidence: evidence.map((it) => it.id) }] }
}

function ask(who: Missing['who'], input: Missing['input'], en: string, de: string): Missing {
  const what: Text = { en, de }
  return { what, who, input }
}
