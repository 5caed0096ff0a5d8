import type { DifferenceKind, EditionChange } from '@messlatte/conformity'
import type {
  Component,
  Confidence,
  DamageNote,
  Edition,
  InputClass,
  LimitName,
  Party,
  Pillar,
  Polarity,
  ProductStatement,
  ProvisionStatus,
  SignatureLevel,
  SourceStatus,
  Text,
  TraitId,
  TraitOrigin,
  UnknownRegion,
  Verdict,
} from '@messlatte/model'

/** Every word of ours in the reports. Both outputs speak from here, so that a thing has one name in each language. */

/** Worst first. */
export const VERDICTS = [
  'fail',
  'contested',
  'open',
  'not-met',
  'supported',
  'pass',
  'not-applicable',
] as const satisfies readonly Verdict[]

/** Stands before the word, never alone. */
export const VERDICT_SYMBOLS: Readonly<Record<Verdict, string>> = {
  fail: '✗',
  contested: '≠',
  open: '?',
  'not-met': '!',
  supported: '+',
  pass: '✓',
  'not-applicable': '–',
}

export const VERDICT_WORDS: Readonly<Record<Verdict, Text>> = {
  fail: { en: 'fail', de: 'nicht erfüllt' },
  contested: { en: 'contested', de: 'widersprüchlich' },
  open: { en: 'open', de: 'offen' },
  'not-met': { en: 'recommendation not met', de: 'Empfehlung nicht erfüllt' },
  supported: { en: 'supported', de: 'gestützt' },
  pass: { en: 'pass (decided)', de: 'entschieden bestanden' },
  'not-applicable': { en: 'not applicable', de: 'nicht anwendbar' },
}

export const VERDICT_MEANINGS: Readonly<Record<Verdict, Text>> = {
  fail: {
    en: 'Evidence disproves a mandatory provision that applies.',
    de: 'Belege widerlegen eine verpflichtende Bestimmung, die anzuwenden ist.',
  },
  contested: {
    en: 'A claim and the evidence contradict each other.',
    de: 'Eine Angabe und die Belege widersprechen einander.',
  },
  open: {
    en: 'There is not enough to say. What is missing is listed.',
    de: 'Es reicht für keine Aussage. Was fehlt, ist aufgeführt.',
  },
  'not-met': {
    en: 'A recommendation is disproved; a recorded justification is needed.',
    de: 'Eine Empfehlung ist widerlegt; nötig ist eine festgehaltene Begründung.',
  },
  supported: {
    en: 'Evidence backs it; nobody has decided yet.',
    de: 'Belege sprechen dafür; entschieden hat noch niemand.',
  },
  pass: {
    en: 'A named assessor decided so on this very evidence.',
    de: 'Eine namentlich genannte Prüferin oder ein Prüfer hat anhand genau dieser Belege so entschieden.',
  },
  'not-applicable': {
    en: 'Its condition does not hold for this product.',
    de: 'Ihre Bedingung trifft auf dieses Produkt nicht zu.',
  },
}

export const PILLARS = ['secureBoot', 'credentials', 'updates'] as const satisfies readonly Pillar[]

export const PILLAR_WORDS: Readonly<Record<Pillar, Text>> = {
  secureBoot: { en: 'Secure boot', de: 'Secure Boot' },
  credentials: { en: 'Credentials', de: 'Zugangsdaten' },
  updates: { en: 'Updates', de: 'Updates' },
}

export const STATUS_WORDS: Readonly<Record<ProvisionStatus, Text>> = {
  M: { en: 'mandatory', de: 'verpflichtend' },
  R: { en: 'recommended', de: 'empfohlen' },
}

export const SOURCE_STATUS_WORDS: Readonly<Record<SourceStatus, Text>> = {
  'in-force': { en: 'in force', de: 'in Kraft' },
  'applies-from': { en: 'applies later', de: 'gilt ab einem späteren Tag' },
  published: { en: 'published', de: 'veröffentlicht' },
  draft: { en: 'draft', de: 'Entwurf' },
  reported: { en: 'reported', de: 'berichtet' },
  analysis: { en: 'our analysis', de: 'unsere Auslegung' },
}

export const PARTIES = ['maker', 'laboratory', 'importer', 'assessor'] as const satisfies readonly Party[]

export const PARTY_WORDS: Readonly<Record<Party, Text>> = {
  maker: { en: 'The maker', de: 'Hersteller' },
  laboratory: { en: 'A test laboratory', de: 'Prüflabor' },
  importer: { en: 'The importer', de: 'Einführer' },
  assessor: { en: 'The assessor', de: 'Prüferin oder Prüfer' },
}

export const INPUT_WORDS: Readonly<Record<InputClass, Text>> = {
  image: { en: 'firmware image', de: 'Firmware-Abbild' },
  versions: { en: 'several versions', de: 'mehrere Versionen' },
  units: { en: 'several units', de: 'mehrere Geräte' },
  device: { en: 'running device', de: 'laufendes Gerät' },
  documents: { en: 'documents', de: 'Dokumente' },
}

export const LEVEL_WORDS: Readonly<Record<SignatureLevel, Text>> = {
  E0: { en: 'no integrity field', de: 'kein Integritätsfeld' },
  E1: {
    en: 'checksum only; anyone can recompute it',
    de: 'nur Prüfsumme; jeder kann sie neu berechnen',
  },
  E2: { en: 'hash only; anyone can recompute it', de: 'nur Hashwert; jeder kann ihn neu berechnen' },
  E3: { en: 'signed, but not verifiable here', de: 'signiert, hier aber nicht überprüfbar' },
  E4: {
    en: 'verifies with a key that travels along; says nothing about who signed',
    de: 'stimmt mit einem mitgelieferten Schlüssel; sagt nichts darüber, wer signiert hat',
  },
  E5: {
    en: 'verifies with a key of an earlier stage of the same release',
    de: 'stimmt mit einem Schlüssel einer früheren Stufe derselben Firmware',
  },
  E6: {
    en: 'verifies with a key that the user trusts',
    de: 'stimmt mit einem Schlüssel, dem Sie vertrauen',
  },
  EX: { en: 'verification fails', de: 'Überprüfung schlägt fehl' },
}

export const POLARITY_WORDS: Readonly<Record<Polarity, Text>> = {
  against: { en: 'against', de: 'dagegen' },
  for: { en: 'for', de: 'dafür' },
  neutral: { en: 'neutral', de: 'neutral' },
}

export const CONFIDENCE_WORDS: Readonly<Record<Confidence['grade'], Text>> = {
  high: { en: 'high', de: 'hoch' },
  medium: { en: 'medium', de: 'mittel' },
  low: { en: 'low', de: 'gering' },
}

export const LIMIT_WORDS: Readonly<Record<LimitName, Text>> = {
  bytes: { en: 'bytes unpacked', de: 'entpackte Bytes' },
  entries: { en: 'number of entries', de: 'Anzahl der Einträge' },
  depth: { en: 'nesting depth', de: 'Schachtelungstiefe' },
  ratio: { en: 'compression ratio', de: 'Kompressionsverhältnis' },
  artefact: { en: 'size of one artefact', de: 'Größe eines Artefakts' },
  memory: { en: 'memory', de: 'Arbeitsspeicher' },
  seconds: { en: 'time', de: 'Zeit' },
  guesses: { en: 'password guesses', de: 'Passwortversuche' },
  crash: { en: 'crash of a reader', de: 'Absturz eines Lesers' },
}

export const DAMAGE_WORDS: Readonly<Record<DamageNote['code'], Text>> = {
  truncated: { en: 'truncated', de: 'abgeschnitten' },
  checksum: { en: 'checksum differs', de: 'Prüfsumme weicht ab' },
  structure: { en: 'broken structure', de: 'fehlerhafter Aufbau' },
  unsupported: { en: 'not supported', de: 'nicht unterstützt' },
  loop: { en: 'refers to itself', de: 'verweist auf sich selbst' },
  name: { en: 'unusable name', de: 'unbrauchbarer Name' },
}

export const GUESS_WORDS: Readonly<Record<UnknownRegion['guess'], Text>> = {
  sparse: { en: 'nearly empty', de: 'fast leer' },
  text: { en: 'text', de: 'Text' },
  code: { en: 'machine code', de: 'Maschinencode' },
  table: { en: 'tables', de: 'Tabellen' },
  data: { en: 'other data', de: 'andere Daten' },
  compressed: { en: 'compressed', de: 'komprimiert' },
  'compressed-or-encrypted': { en: 'compressed or encrypted', de: 'komprimiert oder verschlüsselt' },
}

export const PRODUCT_FIELDS = [
  'maker',
  'model',
  'hardware',
  'firmware',
  'batch',
] as const satisfies readonly (keyof ProductStatement)[]

export const PRODUCT_WORDS: Readonly<Record<keyof ProductStatement, Text>> = {
  maker: { en: 'Maker', de: 'Hersteller' },
  model: { en: 'Model', de: 'Modell' },
  hardware: { en: 'Hardware', de: 'Hardware' },
  firmware: { en: 'Firmware', de: 'Firmware' },
  batch: { en: 'Batch', de: 'Charge' },
}

export const TRAIT_WORDS: Readonly<Record<TraitId, Text>> = {
  'passwords-used': { en: 'Passwords are used', de: 'Passwörter werden verwendet' },
  'preinstalled-passwords': {
    en: 'Passwords are set at the factory',
    de: 'Passwörter sind ab Werk gesetzt',
  },
  'components-not-updateable': {
    en: 'Some software cannot be updated',
    de: 'Manche Software ist nicht aktualisierbar',
  },
  constrained: { en: 'The device is constrained', de: 'Das Gerät ist ressourcenbeschränkt' },
  'telemetry-collected': { en: 'Telemetry is collected', de: 'Telemetriedaten werden erhoben' },
  'personal-data-by-consent': {
    en: 'Personal data is processed by consent',
    de: 'Personenbezogene Daten werden mit Einwilligung verarbeitet',
  },
  'user-authentication': { en: 'Users authenticate', de: 'Nutzende melden sich an' },
  'automatic-updates': { en: 'Updates run automatically', de: 'Updates laufen automatisch' },
  'update-notifications': { en: 'Updates are announced', de: 'Updates werden angekündigt' },
  'hard-coded-identity': {
    en: 'The device has a hard-coded identity',
    de: 'Das Gerät hat eine fest eingebaute Identität',
  },
  'network-updates': { en: 'Updates come over a network', de: 'Updates kommen über ein Netz' },
  'update-mechanism': { en: 'There is an update mechanism', de: 'Es gibt einen Updatemechanismus' },
  'debug-interface-accessible': {
    en: 'A debug interface can be reached',
    de: 'Eine Debug-Schnittstelle ist zugänglich',
  },
  'password-authentication': {
    en: 'Passwords authenticate users or machines',
    de: 'Passwörter authentisieren Benutzer oder Maschinen',
  },
  'factory-passwords': {
    en: 'Unique passwords come from the factory',
    de: 'Einmalige Passwörter kommen ab Werk',
  },
  'cryptographic-authentication': {
    en: 'Authentication is cryptographic',
    de: 'Die Authentisierung ist kryptografisch',
  },
  'network-authentication': {
    en: 'Authentication works over a network',
    de: 'Authentisierung ist über ein Netz möglich',
  },
  'replaceable-components': {
    en: 'Some software is not immutable for security',
    de: 'Manche Software ist nicht aus Sicherheitsgründen unveränderlich',
  },
  'software-updateable': { en: 'Software can be updated', de: 'Software ist aktualisierbar' },
  'stored-security-parameters': {
    en: 'Sensitive parameters are stored',
    de: 'Sensible Parameter werden gespeichert',
  },
  'update-or-service-secrets': {
    en: 'Secrets serve updates or services',
    de: 'Geheimnisse dienen Aktualisierungen oder Diensten',
  },
  'network-configuration': {
    en: 'Security settings change over a network',
    de: 'Sicherheitseinstellungen sind über ein Netz änderbar',
  },
  'secrets-communicated': {
    en: 'Critical parameters leave the device',
    de: 'Kritische Parameter verlassen das Gerät',
  },
  'unused-interfaces': {
    en: 'Some network interfaces are unused',
    de: 'Manche Netzschnittstellen sind ungenutzt',
  },
  'debug-interfaces': { en: 'There are debug interfaces', de: 'Es gibt Debug-Schnittstellen' },
  'physical-debug-interfaces': {
    en: 'A debug interface is a physical port',
    de: 'Eine Debug-Schnittstelle ist ein physischer Anschluss',
  },
  'change-detection': { en: 'Unauthorised changes are detected', de: 'Unbefugte Änderungen werden erkannt' },
  'personal-data-to-services': {
    en: 'Personal data goes to services',
    de: 'Personenbezogene Daten gehen an Dienste',
  },
  'sensitive-data-to-services': {
    en: 'Sensitive personal data goes to services',
    de: 'Besonders schutzbedürftige Daten gehen an Dienste',
  },
  'external-sensing': { en: 'The device senses its surroundings', de: 'Das Gerät erfasst seine Umgebung' },
  'personal-data-at-service': {
    en: 'A service can store personal data',
    de: 'Ein Dienst kann personenbezogene Daten speichern',
  },
  'personal-data-processed': {
    en: 'Personal data is processed',
    de: 'Personenbezogene Daten werden verarbeitet',
  },
  'aggregate-only': {
    en: 'Personal data serves an aggregate only',
    de: 'Personenbezogene Daten dienen nur einem Gesamtwert',
  },
  'brute-force-protection-possible': {
    en: 'Protection against brute force is possible',
    de: 'Schutz gegen Durchprobieren ist möglich',
  },
  'update-mechanism-possible': {
    en: 'An update mechanism is possible',
    de: 'Ein Aktualisierungsmechanismus ist möglich',
  },
  'critical-parameters-exist': {
    en: 'Critical security parameters exist',
    de: 'Kritische Sicherheitsparameter existieren',
  },
  'radio-equipment': { en: 'The product uses radio', de: 'Das Produkt nutzt Funk' },
  'internet-connected': { en: 'The product reaches the internet', de: 'Das Produkt erreicht das Internet' },
  'childcare-toy-wearable': {
    en: 'For child care, a toy, or worn on the body',
    de: 'Für Kinderbetreuung, Spielzeug oder am Körper getragen',
  },
  'transfers-value': { en: 'Money can be transferred with it', de: 'Damit lässt sich Geld übertragen' },
  'network-equipment': {
    en: 'Traffic of other devices passes through it',
    de: 'Verkehr anderer Geräte läuft hindurch',
  },
}

export const TRAIT_ORIGIN_WORDS: Readonly<Record<TraitOrigin, Text>> = {
  stated: { en: 'stated by you', de: 'von Ihnen angegeben' },
  derived: { en: 'derived from the release', de: 'aus der Firmware abgeleitet' },
  unknown: { en: 'unknown', de: 'unbekannt' },
}

/** What `messlatte sources` says. */
export const REGISTER_WORDS = {
  lead: {
    en: '{count} sources as of {asOf}; {old} not looked at for more than 90 days',
    de: '{count} Quellen, Stand {asOf}; {old} seit mehr als 90 Tagen nicht angesehen',
  },
  status: { en: 'Status', de: 'Geltung' },
  from: { en: 'from {day}', de: 'ab {day}' },
  checked: { en: 'Last looked at', de: 'Zuletzt geprüft' },
  age: { en: '{day}, {days} days before', de: '{day}, {days} Tage davor' },
  stale: {
    en: 'Nobody has looked for more than 90 days: what it says may have changed.',
    de: 'Seit mehr als 90 Tagen hat niemand nachgesehen: Was sie besagt, kann sich geändert haben.',
  },
  usedBy: { en: 'Rests on it', de: 'Darauf ruht' },
  wouldChange: { en: 'Would change it', de: 'Würde es ändern' },
  note: { en: 'Note', de: 'Anmerkung' },
} as const satisfies Readonly<Record<string, Text>>

/** The kinds of difference between two rule sets, what binds more first. */
export const DIFFERENCES = [
  'raised',
  'demanded',
  'added',
  'changed',
  'lowered',
  'dropped',
  'removed',
] as const satisfies readonly DifferenceKind[]

export const DIFFERENCE_WORDS: Readonly<Record<DifferenceKind, Text>> = {
  raised: { en: 'Raised to mandatory', de: 'Zur Pflicht angehoben' },
  demanded: { en: 'Asked for beyond the standard', de: 'Über die Norm hinaus verlangt' },
  added: { en: 'New in this direction', de: 'Neu in dieser Richtung' },
  changed: { en: 'Changed at the same status', de: 'Bei gleichem Status geändert' },
  lowered: { en: 'Lowered to a recommendation', de: 'Zur Empfehlung gesenkt' },
  dropped: { en: 'No longer asked for beyond the standard', de: 'Nicht mehr über die Norm hinaus verlangt' },
  removed: { en: 'Gone in this direction', de: 'Entfällt in dieser Richtung' },
}

export const EDITION_CHANGE_WORDS: Readonly<Record<EditionChange, Text>> = {
  unchanged: { en: 'Unchanged between the editions', de: 'Zwischen den Ausgaben unverändert' },
  reworded: {
    en: 'The demand differs between the editions',
    de: 'Die Forderung unterscheidet sich zwischen den Ausgaben',
  },
  regated: {
    en: 'The same demand; another condition or feature says for which products',
    de: 'Dieselbe Forderung; für welche Produkte, sagt eine andere Bedingung oder ein anderes Merkmal',
  },
  moved: { en: 'Another number in the other edition', de: 'In der anderen Ausgabe unter anderer Nummer' },
  split: {
    en: 'One provision in 2020, parts of it in V3.1.3',
    de: 'In 2020 eine Anforderung, in V3.1.3 Teile davon',
  },
  new: { en: 'Only in V3.1.3', de: 'Nur in V3.1.3' },
}

/** What `messlatte profile diff` says. */
export const DIFF_WORDS = {
  lead: { en: '{count} differences from {a} to {b}', de: '{count} Unterschiede von {a} nach {b}' },
  alone: {
    en: '{edition} alone: binds nobody by itself, and gives no presumption of conformity under RED or CRA',
    de: '{edition} allein: bindet für sich niemanden und begründet keine Konformitätsvermutung nach RED oder CRA',
  },
  voluntary: {
    en: '{edition}; voluntary ({market}), no day divides units',
    de: '{edition}; freiwillig ({market}), kein Stichtag teilt die Geräte',
  },
  units: {
    en: '{edition}; hits units placed on the market ({market}) after {lastFreeDay} ({zone}), not models and not units placed before',
    de: '{edition}; trifft Geräte, die nach dem {lastFreeDay} ({zone}) in Verkehr gebracht werden ({market}), nicht Modelle und nicht früher in Verkehr gebrachte Geräte',
  },
  everybody: { en: 'Hits every product', de: 'Trifft jedes Produkt' },
  those: {
    en: 'Hits products for which this holds: {condition}',
    de: 'Trifft Produkte, für die dies gilt: {condition}',
  },
  without: {
    en: 'Hits products for which this does not hold: {condition}',
    de: 'Trifft Produkte, für die dies nicht gilt: {condition}',
  },
  yes: { en: '“{question}” – yes', de: '„{question}“ – ja' },
  not: { en: 'not ({condition})', de: 'nicht ({condition})' },
  and: { en: 'and', de: 'und' },
  or: { en: 'or', de: 'oder' },
  closing: {
    en: 'Numbers and statuses are data with sources: messlatte sources lists them.',
    de: 'Nummern und Status sind Daten mit Quellen: messlatte sources nennt sie.',
  },
} as const satisfies Readonly<Record<string, Text>>

/** The edition as it has to be read. */
export const EDITION_WORDS: Readonly<Record<Edition, Text>> = {
  'en303645-2020': {
    en: 'EN 303 645 V2.1.1 (the report of the rule names v2.1.0, the label of its final draft)',
    de: 'EN 303 645 V2.1.1 (der Bericht über die Regel nennt v2.1.0, die Bezeichnung ihres Schlussentwurfs)',
  },
  'en303645-v3.1.3': {
    en: 'EN 303 645 V3.1.3 (checks name provisions of 2020; a table with sources leads them to this edition. No presumption of conformity under RED or CRA)',
    de: 'EN 303 645 V3.1.3 (Prüfungen nennen Anforderungen von 2020; eine Tabelle mit Quellen führt sie in diese Ausgabe. Keine Konformitätsvermutung nach RED oder CRA)',
  },
}

/** What the report can answer; never yes. */
export const ANSWER_WORDS = {
  obstacles: {
    en: 'Obstacles found under {rule}',
    de: 'Hindernisse nach {rule} gefunden',
  },
  contradictions: {
    en: 'Contradictions found under {rule}',
    de: 'Widersprüche nach {rule} gefunden',
  },
  unknown: {
    en: 'Not enough to say under {rule}',
    de: 'Nach {rule} ist noch keine Aussage möglich',
  },
  clear: {
    en: 'No obstacle found under {rule}',
    de: 'Kein Hindernis nach {rule} gefunden',
  },
} as const satisfies Readonly<Record<string, Text>>

/** By what a component is known. */
export const SOURCE_WORDS: Readonly<Record<Component['source'], Text>> = {
  dpkg: { en: 'package database (dpkg)', de: 'Paketdatenbank (dpkg)' },
  opkg: { en: 'package database (opkg)', de: 'Paketdatenbank (opkg)' },
  apk: { en: 'package database (apk)', de: 'Paketdatenbank (apk)' },
  yocto: { en: 'manifest of the build (Yocto)', de: 'Manifest des Builds (Yocto)' },
  buildroot: { en: 'manifest of the build (Buildroot)', de: 'Manifest des Builds (Buildroot)' },
  spdx: { en: 'bill of materials (SPDX)', de: 'Stückliste (SPDX)' },
  bytes: { en: 'its own bytes', de: 'eigene Bytes' },
}

export const WORDS = {
  baseline: { en: 'baseline', de: 'Basis' },
  baselineQuestion: {
    en: 'What does this firmware show of EN 303 645?',
    de: 'Was zeigt diese Firmware von EN 303 645?',
  },
  theBaseline: { en: 'EN 303 645 alone (baseline)', de: 'EN 303 645 allein (Basis)' },
  asReported: { en: '{profile} (as reported)', de: '{profile} (wie berichtet)' },
  title: { en: 'Messlatte report', de: 'Messlatte-Bericht' },
  skip: { en: 'Skip to the result', de: 'Zum Ergebnis springen' },
  contents: { en: 'Contents', de: 'Inhalt' },
  standard: { en: 'Standard', de: 'Norm' },
  staleSources: {
    en: 'Sources that nobody had looked at for more than 90 days on {asOf}; what they say may have changed: {sources}',
    de: 'Quellen, die am {asOf} seit mehr als 90 Tagen niemand angesehen hatte; was sie besagen, kann sich geändert haben: {sources}',
  },
  opaque: {
    en: '{bytes} of what was given could not be looked into (compressed or encrypted in an unknown way). Silence about it says nothing.',
    de: 'In {bytes} des Übergebenen konnte nicht hineingesehen werden (auf unbekannte Weise komprimiert oder verschlüsselt). Schweigen darüber besagt nichts.',
  },
  product: { en: 'Product', de: 'Produkt' },
  asStated: { en: 'as you stated it', de: 'laut Ihrer Angabe' },
  notStated: { en: 'not stated', de: 'nicht angegeben' },
  file: { en: 'File', de: 'Datei' },
  files: { en: 'Files', de: 'Dateien' },
  size: { en: 'Size', de: 'Größe' },
  profile: { en: 'Profile', de: 'Profil' },
  asOf: { en: 'As of', de: 'Stand' },
  notYet: {
    en: 'On {asOf} the rule does not bind yet: units placed on the market up to the end of {lastFreeDay} ({zone}) are not touched.',
    de: 'Am {asOf} greift die Regel noch nicht: Geräte, die bis zum Ablauf des {lastFreeDay} ({zone}) in Verkehr gebracht werden, sind nicht betroffen.',
  },
  alreadyPast: {
    en: 'Units placed on the market up to the end of {lastFreeDay} ({zone}) are not touched.',
    de: 'Geräte, die bis zum Ablauf des {lastFreeDay} ({zone}) in Verkehr gebracht wurden, sind nicht betroffen.',
  },
  noCutOff: {
    en: 'No day divides units: this binds nobody by itself.',
    de: 'Kein Stichtag teilt die Geräte: Dies bindet von sich aus niemanden.',
  },
  requirements: {
    en: 'What rules ask in their own numbering',
    de: 'Was Regeln in eigener Nummerierung verlangen',
  },
  requirementsShort: { en: 'Rules', de: 'Regeln' },
  requirementsLead: {
    en: 'Seen through EN 303 645 by lines that name their authors. Such a line decides only where a provision is a part of what is asked; most stay open whatever an image shows.',
    de: 'Gesehen durch EN 303 645, über Zeilen, die ihre Urheber nennen. Eine solche Zeile entscheidet nur, wo eine Bestimmung Teil des Verlangten ist; die meisten bleiben offen, was auch immer ein Abbild zeigt.',
  },
  requirement: { en: 'Requirement', de: 'Anforderung' },
  requirementsOpen: { en: '{count} open: {ids}', de: '{count} offen: {ids}' },
  requirementsOff: { en: '{count} not applicable: {ids}', de: '{count} nicht anwendbar: {ids}' },
  pillars: { en: 'The three pillars', de: 'Die drei Säulen' },
  pillarsShort: { en: 'Pillars', de: 'Säulen' },
  rod: {
    en: 'Every provision is one mark: below the bar it is disproved, on the bar it is open, above the bar evidence backs it.',
    de: 'Jede Bestimmung ist eine Marke: unter der Latte ist sie widerlegt, auf der Latte offen, über der Latte sprechen Belege dafür.',
  },
  fails: { en: 'What fails', de: 'Was nicht erfüllt ist' },
  failsShort: { en: 'Fails', de: 'Nicht erfüllt' },
  failsLead: {
    en: 'Each with its place, its proof, and what would overturn it.',
    de: 'Jeweils mit Fundstelle, Nachweis und dem, was den Befund umstoßen würde.',
  },
  nothingFails: {
    en: 'Nothing that was looked at disproves a mandatory provision. Not finding something proves nothing.',
    de: 'Nichts von dem, was betrachtet wurde, widerlegt eine verpflichtende Bestimmung. Etwas nicht zu finden, beweist nichts.',
  },
  others: {
    en: 'Contested, and recommendations not met',
    de: 'Widersprüchliches und nicht erfüllte Empfehlungen',
  },
  othersShort: { en: 'Contested, not met', de: 'Widersprüchlich, Empfehlungen' },
  noOthers: {
    en: 'None seen.',
    de: 'Nichts davon gesehen.',
  },
  asks: { en: 'What to ask for', de: 'Was Sie anfordern sollten' },
  asksShort: { en: 'Ask for', de: 'Anfordern' },
  asksLead: {
    en: 'This would settle what is open, by who can supply it.',
    de: 'Das würde Offenes klären, geordnet danach, wer es liefern kann.',
  },
  noAsks: { en: 'Nothing is missing.', de: 'Es fehlt nichts.' },
  forProvisions: { en: 'for {ids}', de: 'für {ids}' },
  forMany: { en: 'for {ids} and {more} more', de: 'für {ids} und {more} weitere' },
  questions: {
    en: 'Questions about the product whose answers close most',
    de: 'Fragen zum Produkt, deren Antworten am meisten klären',
  },
  questionsShort: { en: 'Questions', de: 'Fragen' },
  noQuestions: { en: 'No question is left.', de: 'Es bleibt keine Frage.' },
  closes: { en: 'decides on {count}: {ids}', de: 'entscheidet über {count}: {ids}' },
  traits: { en: 'Traits of the product', de: 'Eigenschaften des Produkts' },
  trait: { en: 'Trait', de: 'Eigenschaft' },
  value: { en: 'Value', de: 'Wert' },
  origin: { en: 'Origin', de: 'Herkunft' },
  yes: { en: 'yes', de: 'ja' },
  no: { en: 'no', de: 'nein' },
  unknown: { en: 'unknown', de: 'unbekannt' },
  provisions: { en: 'All provisions', de: 'Alle Bestimmungen' },
  provisionsShort: { en: 'Provisions', de: 'Bestimmungen' },
  provisionsLead: {
    en: 'The standard alone, and beside it what the rule raises. The word under a verdict is the status of the source that gives the provision its weight there.',
    de: 'Die Norm allein, und daneben, was die Regel anhebt. Das Wort unter einem Urteil nennt den Status der Quelle, die der Bestimmung dort ihr Gewicht gibt.',
  },
  provision: { en: 'Provision', de: 'Bestimmung' },
  reasons: { en: 'Reasons', de: 'Gründe' },
  reasonsAndMissing: { en: 'Reasons and what is missing', de: 'Gründe und was fehlt' },
  missing: { en: 'Missing', de: 'Es fehlt' },
  source: { en: 'source: {status}', de: 'Quelle: {status}' },
  meanings: { en: 'What the verdicts mean', de: 'Was die Urteile bedeuten' },
  verdict: { en: 'Verdict', de: 'Urteil' },
  meaning: { en: 'Meaning', de: 'Bedeutung' },
  evidence: { en: 'Evidence', de: 'Belege' },
  evidenceLead: {
    en: 'Every observation with its place and digest, so that anyone can repeat it.',
    de: 'Jede Beobachtung mit Fundstelle und Prüfsumme, damit jeder sie wiederholen kann.',
  },
  noEvidence: {
    en: 'No check found anything to report. Not finding something is no evidence for it or against it.',
    de: 'Keine Prüfung hat etwas zu melden gefunden. Etwas nicht zu finden, spricht weder dafür noch dagegen.',
  },
  finding: { en: 'Finding', de: 'Befund' },
  place: { en: 'Place', de: 'Fundstelle' },
  proof: { en: 'Proof', de: 'Nachweis' },
  range: { en: 'offset {offset}, {length}', de: 'ab Byte {offset}, {length}' },
  at: { en: 'offset {offset}', de: 'ab Byte {offset}' },
  observation: { en: 'Seen', de: 'Gesehen' },
  digest: { en: 'SHA-256 of the artefact', de: 'SHA-256 des Artefakts' },
  digestShort: { en: 'SHA-256', de: 'SHA-256' },
  level: { en: 'Level', de: 'Stufe' },
  confidence: { en: 'Confidence', de: 'Sicherheit' },
  overturn: { en: 'Overturned by', de: 'Umgestoßen durch' },
  mending: {
    en: 'Usually mended (practice, no duty): {how}',
    de: 'Gewöhnlich behoben (Praxis, keine Pflicht): {how}',
  },
  noOverturn: { en: 'not named', de: 'nicht benannt' },
  check: { en: 'Check', de: 'Prüfung' },
  checkVersion: { en: '{check}, version {version}', de: '{check}, Version {version}' },
  testCases: { en: 'Test cases', de: 'Testfälle' },
  evidenceId: { en: 'Evidence id', de: 'Beleg-Kennung' },
  seeEvidence: { en: 'see [{number}] above', de: 'siehe [{number}] oben' },
  withoutEvidence: {
    en: 'No evidence of the image; see the reasons.',
    de: 'Kein Beleg aus dem Abbild; siehe die Gründe.',
  },
  looked: { en: 'What was looked into', de: 'Was betrachtet wurde' },
  lookedShort: { en: 'Limits', de: 'Grenzen' },
  lookedLead: {
    en: 'Files: {files} · artefacts: {artefacts} · read: {bytes} · unknown: {unknown} · padding: {padding}',
    de: 'Dateien: {files} · Artefakte: {artefacts} · gelesen: {bytes} · unbekannt: {unknown} · Füllung: {padding}',
  },
  partial: {
    en: 'This result is partial: a limit was hit, and some content was not looked at.',
    de: 'Dieses Ergebnis ist unvollständig: Eine Grenze wurde erreicht, manche Inhalte wurden nicht betrachtet.',
  },
  formats: { en: 'Formats opened', de: 'Geöffnete Formate' },
  limits: { en: 'Limits hit', de: 'Erreichte Grenzen' },
  limit: { en: 'Limit', de: 'Grenze' },
  noLimits: { en: 'No limit was hit.', de: 'Keine Grenze wurde erreicht.' },
  cost: { en: 'What it cost', de: 'Folge' },
  damage: { en: 'Damage', de: 'Schäden' },
  noDamage: { en: 'No damage was seen.', de: 'Kein Schaden wurde gesehen.' },
  kind: { en: 'Kind', de: 'Art' },
  detail: { en: 'Detail', de: 'Einzelheit' },
  services: { en: 'What starts with the system', de: 'Was mit dem System startet' },
  servicesShort: { en: 'Services', de: 'Dienste' },
  servicesLead: {
    en: 'Followed through the files of the boot. Ports are those of the program or of its options; a configuration or a firewall may say otherwise.',
    de: 'Verfolgt durch die Dateien des Systemstarts. Ports sind die des Programms oder seiner Optionen; eine Konfiguration oder Firewall kann anderes bestimmen.',
  },
  noServices: {
    en: 'Nothing was seen to start.',
    de: 'Es wurde nichts gefunden, das startet.',
  },
  service: { en: 'Service', de: 'Dienst' },
  command: { en: 'Command', de: 'Befehl' },
  starts: { en: 'Starts', de: 'Startet' },
  listens: { en: 'Ports', de: 'Ports' },
  startedBy: { en: 'Started by', de: 'Gestartet von' },
  always: { en: 'always', de: 'immer' },
  onCondition: { en: 'if', de: 'wenn' },
  asUser: { en: 'as {user}', de: 'als {user}' },
  components: { en: 'What it is made of', de: 'Woraus es besteht' },
  componentsShort: { en: 'Components', de: 'Komponenten' },
  componentsLead: {
    en: 'By the records of the package manager, and by texts in the components themselves. Patches on top of a version do not show.',
    de: 'Nach den Aufzeichnungen der Paketverwaltung und nach Texten in den Komponenten selbst. Patches über eine Version hinaus sind nicht zu sehen.',
  },
  noComponents: {
    en: 'No component was recognised.',
    de: 'Es wurde keine Komponente erkannt.',
  },
  component: { en: 'Component', de: 'Komponente' },
  knownBy: { en: 'Known by', de: 'Erkannt an' },
  versionUnknown: { en: 'version not shown', de: 'Version nicht erkennbar' },
  map: { en: 'What lies where', de: 'Was wo liegt' },
  asTable: { en: 'As a table', de: 'Als Tabelle' },
  paddingPart: { en: 'padding', de: 'Füllung' },
  emptyPart: { en: 'empty', de: 'leer' },
  unknownPart: { en: 'unknown', de: 'unbekannt' },
  from: { en: 'From', de: 'Ab' },
  regions: { en: 'Unknown regions', de: 'Unbekannte Bereiche' },
  noRegions: {
    en: 'Every byte belongs to a known format or to padding.',
    de: 'Jedes Byte gehört zu einem bekannten Format oder ist Füllung.',
  },
  what: { en: 'What', de: 'Was' },
  looksLike: { en: 'Probably', de: 'Vermutlich' },
  entropy: {
    en: '{entropy} bits per byte, chi-square {chiSquare}',
    de: '{entropy} Bit je Byte, Chi-Quadrat {chiSquare}',
  },
  entropyShort: { en: 'Entropy', de: 'Entropie' },
  regionSum: {
    en: 'Unknown, probably {guess}: {count} {regions}, {bytes}',
    de: 'Unbekannt, vermutlich {guess}: {count} {regions}, {bytes}',
  },
  oneRegion: { en: 'region', de: 'Bereich' },
  manyRegions: { en: 'regions', de: 'Bereiche' },
  identity: {
    en: 'What this report is about, and what made it',
    de: 'Worum es geht, und womit geprüft wurde',
  },
  identityShort: { en: 'Identification', de: 'Identifikation' },
  aboutOne: {
    en: 'This report is about the file with SHA-256 {digests}; it does not show that any unit runs it.',
    de: 'Dieser Bericht handelt von der Datei mit SHA-256 {digests}; er zeigt nicht, dass sie auf irgendeinem Gerät läuft.',
  },
  aboutMany: {
    en: 'This report is about the files with SHA-256 {digests}; it does not show that any unit runs them.',
    de: 'Dieser Bericht handelt von den Dateien mit SHA-256 {digests}; er zeigt nicht, dass sie auf irgendeinem Gerät laufen.',
  },
  aboutNone: {
    en: 'This report is about no file: none could be read.',
    de: 'Dieser Bericht handelt von keiner Datei: Keine konnte gelesen werden.',
  },
  part: { en: 'Part', de: 'Teil' },
  name: { en: 'Name', de: 'Name' },
  version: { en: 'Version', de: 'Version' },
  toolAndChecks: {
    en: 'Tool, with its checks and formats',
    de: 'Werkzeug mit Prüfungen und Formaten',
  },
  catalogue: { en: 'Catalogue', de: 'Katalog' },
  revealed: {
    en: 'Secrets stand here in clear (--reveal). Keep this report to yourself.',
    de: 'Hier stehen Geheimnisse im Klartext (--reveal). Geben Sie diesen Bericht nicht weiter.',
  },
  trustedKeys: { en: 'Keys that you trust', de: 'Schlüssel, denen Sie vertrauen' },
  more: { en: '… and {count} more (see --json)', de: '… und {count} weitere (siehe --json)' },
  last: {
    en: 'Open: {counts} of {all} provisions. This is no clearance.',
    de: 'Offen: {counts} von {all} Bestimmungen. Das ist keine Freigabe.',
  },
} as const satisfies Readonly<Record<string, Text>>
