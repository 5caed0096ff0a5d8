import type {
  TamperAnswer,
  TamperFile,
  TamperSet,
  TamperSight,
  TamperTrial,
  TamperVerifier,
  Text,
} from '@messlatte/model'

function text(en: string, de: string): Text {
  return { en, de }
}

export const SIGHTS: Readonly<Record<TamperSight, Text>> = {
  verified: text(
    'the signature holds with a key that is trusted',
    'die Signatur stimmt mit einem vertrauten Schlüssel',
  ),
  refused: text(
    'the signature or what it covers does not hold',
    'die Signatur oder was sie deckt stimmt nicht',
  ),
  open: text(
    'signed, but with no key that is trusted here (--trust KEY)',
    'signiert, aber mit keinem Schlüssel, dem hier vertraut wird (--trust SCHLÜSSEL)',
  ),
  unsigned: text('without a signature', 'ohne Signatur'),
  damaged: text('damaged', 'beschädigt'),
  nothing: text('nothing that is known to be signed', 'nichts, was bekanntermaßen signiert ist'),
}

export const TITLE = text('Forged updates', 'Gefälschte Updates')
export const MADE_FROM = (name: string, size: number, sha256: string) =>
  text(
    `Made from ${name} (${size} bytes, SHA-256 \`${sha256}\`) by Messlatte, for TS 103 701 cases 5.3-2-2 (misuse of the update mechanism) and 5.3-9-2 (V2.1.1: a manipulated update).`,
    `Aus ${name} (${size} Bytes, SHA-256 \`${sha256}\`) von Messlatte erzeugt, für die Prüffälle 5.3-2-2 (Missbrauch des Update-Mechanismus) und 5.3-9-2 (V2.1.1: ein manipuliertes Update) nach TS 103 701.`,
  )
export const FORMAT = (format: string, signed: TamperSet['signed']) => {
  const words = {
    yes: text('it is signed', 'sie ist signiert'),
    no: text(
      'it is not signed: what here is refused is refused by checksums or by chance',
      'sie ist nicht signiert: Was hier abgewiesen wird, wird es durch Prüfsummen oder Zufall',
    ),
    unknown: text('whether it is signed is not known here', 'ob sie signiert ist, ist hier nicht bekannt'),
  }[signed]
  return text(`Kind of the file: ${format}; ${words.en}.`, `Art der Datei: ${format}; ${words.de}.`)
}
export const GOOD = text(
  'What Messlatte sees of the genuine file:',
  'Was Messlatte an der echten Datei sieht:',
)
export const HOW = text(
  'First give the genuine file to a device that has an older release: it must take it, or the rest proves nothing. Then give it each of these files, in the way in which it gets its updates, and keep its log. It must refuse, go on running the release that it has, and take the genuine file afterwards. Private keys with which files were signed again were made for this set and thrown away.',
  'Zuerst bekommt ein Gerät mit einem älteren Firmwarestand die echte Datei: Es muss sie annehmen, sonst beweist der Rest nichts. Dann bekommt es jede dieser Dateien auf dem Weg, auf dem es Updates bekommt; sein Protokoll ist aufzuheben. Es muss abweisen, mit seinem Firmwarestand weiterlaufen und danach die echte Datei annehmen. Private Schlüssel, mit denen Dateien neu signiert sind, wurden für diesen Satz erzeugt und weggeworfen.',
)
export const OWN_KEY = text(
  'Other versions and other hardware are signed with the key that was handed in. Such files are dangerous outside of the laboratory: devices take their signature for genuine.',
  'Andere Versionen und andere Hardware sind mit dem übergebenen Schlüssel signiert. Solche Dateien sind außerhalb des Labors gefährlich: Geräte halten ihre Signatur für echt.',
)
export const SIGNATURE_LEFT = text(
  'The signature is the genuine file’s, and does not fit any more: a device has to refuse it for that already. Whether it refuses older versions or other hardware is shown by a genuine file of that kind, or by this set made with --signing-key.',
  'Die Signatur ist die der echten Datei und passt nicht mehr: Ein Gerät muss schon deshalb abweisen. Ob es ältere Versionen oder andere Hardware abweist, zeigt eine echte Datei dieser Art oder dieser Satz mit --signing-key.',
)
export const SIGNED_OWN = text(
  'It is signed with the key that was handed in: only the check of version or hardware can refuse it.',
  'Sie ist mit dem übergebenen Schlüssel signiert: Nur die Prüfung von Version oder Hardware kann sie abweisen.',
)
export const FILE = text('file', 'Datei')
export const DONE = text('what was changed', 'was geändert ist')
export const ANSWER = text('a device must', 'ein Gerät muss')
export const SEEN = text('what Messlatte sees', 'was Messlatte sieht')
export const CASES = text('serves', 'dient')
export const ANSWERS: Readonly<Record<TamperAnswer, Text>> = {
  refuse: text('refuse it', 'sie abweisen'),
  judge: text('be judged', 'beurteilt werden'),
}
export const MUST_REFUSE = text(
  'Nothing of it may be installed or run.',
  'Nichts davon darf installiert oder ausgeführt werden.',
)
export const NOTHING = text('nothing', 'nichts')
export const MORE = (count: number) =>
  text(`and ${count} more places, in manifest.json`, `und ${count} weitere Stellen, in manifest.json`)
export const NOT_MADE = text('Not made', 'Nicht erzeugt')
export const LIMITS = text('Not tried with this file', 'Mit dieser Datei nicht versucht')

export const OUTCOMES: Readonly<Record<TamperTrial['outcome'], Text>> = {
  accepted: text('taken', 'angenommen'),
  refused: text('refused', 'abgewiesen'),
  failed: text('no answer', 'keine Antwort'),
}

export const TABLE = {
  lead: (name: string, format: string, count: number, folder: string | null): Text =>
    text(
      `${count} forged updates of ${name} (${format})${folder === null ? '' : ` in ${folder}; README.md says what each must be answered with`}`,
      `${count} gefälschte Updates von ${name} (${format})${folder === null ? '' : ` in ${folder}; README.md sagt, was auf jedes zu antworten ist`}`,
    ),
  good: text('the genuine file', 'die echte Datei'),
  genuine: text('the genuine file', 'die echte Datei'),
  seen: text('Messlatte sees', 'Messlatte sieht'),
  verifier: text('verifier', 'Prüfprogramm'),
  notMade: text('not made:', 'nicht erzeugt:'),
  wrong: text('– it must not be', '– das darf nicht sein'),
  sum: ({ letThrough, refusedGood, trials }: TamperVerifier, files: readonly TamperFile[]): Text => {
    const due = files.filter(({ answer }) => answer === 'refuse').length
    const failed = trials.filter(({ outcome }) => outcome === 'failed').length
    return text(
      [
        refusedGood ? 'The genuine file was refused, so that refusing the others proves nothing.' : '',
        `${letThrough.length} of ${due} that must be refused were taken.`,
        failed > 0 ? `${failed} times the verifier gave no answer.` : '',
      ]
        .filter((one) => one !== '')
        .join(' '),
      [
        refusedGood
          ? 'Die echte Datei wurde abgewiesen; dass andere abgewiesen wurden, beweist deshalb nichts.'
          : '',
        `${letThrough.length} von ${due}, die abzuweisen sind, wurden angenommen.`,
        failed > 0 ? `${failed}-mal gab das Prüfprogramm keine Antwort.` : '',
      ]
        .filter((one) => one !== '')
        .join(' '),
    )
  },
} as const
