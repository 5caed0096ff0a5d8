import type { ReleaseAnswer, ReleaseQuestion, SecretChange, Text } from '@messlatte/model'

export const QUESTION_WORDS: Readonly<Record<ReleaseQuestion, Text>> = {
  signer: { en: 'Signed by the same?', de: 'Vom Selben signiert?' },
  rises: { en: 'Strictly up?', de: 'Steigt sie?' },
  hardware: { en: 'For the same hardware?', de: 'Für dieselbe Hardware?' },
  accepted: { en: 'Would the old release take the new one?', de: 'Nähme die alte Firmware die neue an?' },
  downgrade: {
    en: 'Would the new release take the old one back?',
    de: 'Nähme die neue Firmware die alte wieder an?',
  },
}

export const ANSWER_WORDS: Readonly<Record<ReleaseAnswer, Text>> = {
  yes: { en: 'yes', de: 'ja' },
  no: { en: 'no', de: 'nein' },
  open: { en: 'open', de: 'offen' },
}

export const SECRET_CHANGES = [
  'new',
  'stayed',
  'not-comparable',
  'changed',
  'went',
] as const satisfies readonly SecretChange[]

export const SECRET_CHANGE_WORDS: Readonly<Record<SecretChange, Text>> = {
  new: { en: 'new', de: 'neu' },
  stayed: { en: 'the same in both', de: 'in beiden gleich' },
  'not-comparable': { en: 'in both, not comparable', de: 'in beiden, nicht vergleichbar' },
  changed: { en: 'another one in its place', de: 'ein anderes an seiner Stelle' },
  went: { en: 'gone', de: 'weg' },
}

export const CHANGE_WORDS: Readonly<Record<string, Text>> = {
  added: { en: 'new', de: 'neu' },
  changed: { en: 'changed', de: 'geändert' },
  down: { en: 'older', de: 'älter' },
  equal: { en: 'equal', de: 'gleich' },
  new: { en: 'new', de: 'neu' },
  other: { en: 'another version', de: 'andere Version' },
  removed: { en: 'gone', de: 'weg' },
  stayed: { en: 'in both', de: 'in beiden' },
  up: { en: 'newer', de: 'neuer' },
  went: { en: 'gone', de: 'weg' },
}

/** What is said about accounts and keys, by kinds of evidence; another kind stands for itself. */
export const STATE_WORDS: Readonly<Record<string, Text>> = {
  'account.password.empty': { en: 'no password', de: 'kein Passwort' },
  'account.password.locked': { en: 'locked', de: 'gesperrt' },
  'account.password.not-tried': {
    en: 'a password that was not tried',
    de: 'ein Passwort, das nicht versucht wurde',
  },
  'account.password.set': { en: 'a fixed password', de: 'ein festes Passwort' },
  'account.password.weak': { en: 'a password that everybody tries', de: 'ein Passwort, das jeder versucht' },
  'account.service.clear': { en: 'a password in the clear', de: 'ein Passwort im Klartext' },
  'account.service.empty': { en: 'no password', de: 'kein Passwort' },
  'account.service.set': { en: 'a fixed password', de: 'ein festes Passwort' },
  'account.service.weak': { en: 'a password that everybody tries', de: 'ein Passwort, das jeder versucht' },
  'account.uid0.extra': { en: 'has all rights', de: 'hat alle Rechte' },
  'key.private': { en: 'private key in the release', de: 'privater Schlüssel in der Firmware' },
  'key.private.encrypted': {
    en: 'private key under a passphrase',
    de: 'privater Schlüssel unter einer Passphrase',
  },
  'key.private.known': { en: 'private key that everybody has', de: 'privater Schlüssel, den jeder hat' },
  'update.keyring': { en: 'verifies updates', de: 'prüft Updates' },
}

export const RELEASES_WORDS = {
  title: { en: 'Two releases compared', de: 'Zwei Firmwarestände im Vergleich' },
  lead: {
    en: 'What changed from the old release to the new one, as far as these files show it. Nothing is said about any unit.',
    de: 'Was sich von der alten Firmware zur neuen geändert hat, soweit es diese Dateien zeigen. Über ein Gerät wird nichts gesagt.',
  },
  old: { en: 'Old', de: 'Alt' },
  new: { en: 'New', de: 'Neu' },
  side: {
    en: '{image}, SHA-256 {digest} ({size})',
    de: '{image}, SHA-256 {digest} ({size})',
  },
  inside: {
    en: '{files} files inside; {unknown} could not be looked into',
    de: '{files} Dateien darin; in {unknown} ließ sich nicht hineinsehen',
  },
  saved: {
    en: 'saved result of version {version}, assessed as of {day}',
    de: 'gespeichertes Ergebnis der Version {version}, bewertet auf den {day}',
  },
  notes: { en: 'What limits this comparison', de: 'Was diesen Vergleich begrenzt' },
  worse: { en: 'What got worse', de: 'Was schlechter wurde' },
  notWorse: {
    en: 'Nothing that was compared got worse.',
    de: 'Nichts von dem, was verglichen wurde, ist schlechter geworden.',
  },
  update: { en: 'The step from one to the other', de: 'Der Schritt von der einen zur anderen' },
  question: { en: 'Question', de: 'Frage' },
  answer: { en: 'Answer', de: 'Antwort' },
  why: { en: 'What was seen', de: 'Was zu sehen war' },
  basis: { en: 'How far verified', de: 'Wie weit geprüft' },
  secrets: { en: 'Secrets', de: 'Geheimnisse' },
  secretsLead: {
    en: 'Compared by digests under a key of this run; none is shown. Another secret in its place may again be one for all units.',
    de: 'Verglichen über Digests unter einem Schlüssel dieses Laufs; keines wird gezeigt. Ein anderes Geheimnis an seiner Stelle kann wieder eines für alle Geräte sein.',
  },
  notCompared: {
    en: 'Not compared: a saved result does not hold them. Hand in the files of both.',
    de: 'Nicht verglichen: Ein gespeichertes Ergebnis enthält sie nicht. Legen Sie die Dateien beider vor.',
  },
  change: { en: 'Change', de: 'Änderung' },
  what: { en: 'What', de: 'Was' },
  place: { en: 'Place', de: 'Stelle' },
  everybody: { en: 'everybody can have it', de: 'jeder kann es haben' },
  verdicts: { en: 'Verdicts that changed', de: 'Urteile, die sich geändert haben' },
  provision: { en: 'Provision', de: 'Anforderung' },
  scope: { en: 'Rule', de: 'Regel' },
  findings: { en: 'Findings against the product', de: 'Befunde gegen das Produkt' },
  finding: { en: 'Finding', de: 'Befund' },
  chains: { en: 'What is verified before it starts', de: 'Was vor dem Start geprüft wird' },
  step: { en: 'Step', de: 'Schritt' },
  mechanisms: { en: 'How it is updated', de: 'Wie aktualisiert wird' },
  against: { en: 'speaks against the product', de: 'spricht gegen das Produkt' },
  part: { en: 'Part', de: 'Teil' },
  services: { en: 'Services', de: 'Dienste' },
  service: { en: 'Service', de: 'Dienst' },
  authenticates: { en: 'Asks who is there', de: 'Fragt, wer da ist' },
  accounts: { en: 'Accounts', de: 'Konten' },
  keys: { en: 'Keys', de: 'Schlüssel' },
  components: { en: 'Components', de: 'Komponenten' },
  component: { en: 'Component', de: 'Komponente' },
  equalComponents: {
    en: '{count} have the same version in both.',
    de: '{count} haben in beiden dieselbe Version.',
  },
  files: { en: 'Files', de: 'Dateien' },
  filesLine: {
    en: '{equal} equal, {moved} elsewhere with the same content, {changed} changed, {added} new, {removed} gone.',
    de: '{equal} gleich, {moved} mit gleichem Inhalt an anderer Stelle, {changed} geändert, {added} neu, {removed} weg.',
  },
  none: { en: 'None.', de: 'Keine.' },
  yes: { en: 'yes', de: 'ja' },
  no: { en: 'no', de: 'nein' },
  unknown: { en: 'not shown', de: 'nicht gezeigt' },
  closing: {
    en: 'It does not show that any unit runs one of them, and how a unit answers to an update only a test on it shows.',
    de: 'Dass ein Gerät eine davon ausführt, ist damit nicht gezeigt, und wie ein Gerät auf ein Update antwortet, zeigt nur ein Test an ihm.',
  },
} as const satisfies Readonly<Record<string, Text>>
