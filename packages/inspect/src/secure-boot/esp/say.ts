import type { Text } from '@messlatte/model'
import type { KnownKey } from '../../known-keys/index.ts'
import type { BlockFault, EspImageFact } from './facts.ts'
import type { OpenDoor } from './traces.ts'

// The sentences of this check.

function text(en: string, de: string): Text {
  return { en, de }
}

const WITH_KEY = {
  E4: text('the key that lies in it', 'dem Schlüssel, der in ihr liegt'),
  E5: text('a key of the boot loader in this release', 'einem Schlüssel des Bootloaders dieser Firmware'),
  E6: text('a key that you trust', 'einem Schlüssel, dem Sie vertrauen'),
} as const

const ROLES = {
  app: text('application', 'Anwendung'),
  'boot-loader': text('boot loader', 'Bootloader'),
  unknown: text('image', 'Image'),
} as const

/** `ESP32-C3 application sample 1.0.0`. */
function nameOf({ chip, family, role, project, version }: EspImageFact): Text {
  const of = chip ?? (family === 'esp8266' ? 'ESP8266' : 'ESP32')
  const more = [project, version].filter((word) => word !== '').join(' ')
  const tail = more === '' ? '' : ` ${more}`
  return text(`${of} ${ROLES[role].en}${tail}`, `${of}-${ROLES[role].de}${tail}`)
}

export function verified(image: EspImageFact, level: keyof typeof WITH_KEY): Text {
  const [key, name] = [WITH_KEY[level], nameOf(image)]
  return text(
    `The signature of the ${name.en} verifies with ${key.en}`,
    `Die Signatur (${name.de}) stimmt, geprüft mit ${key.de}`,
  )
}

export function refused(image: EspImageFact): Text {
  const name = nameOf(image)
  return text(`The signature of the ${name.en} does not verify`, `Die Signatur (${name.de}) stimmt nicht`)
}

export function notVerified(image: EspImageFact): Text {
  const name = nameOf(image)
  return text(
    `The signature of the ${name.en} could not be verified`,
    `Die Signatur (${name.de}) ließ sich nicht prüfen`,
  )
}

export function unsigned(image: EspImageFact): Text {
  const name = nameOf(image)
  return text(`The ${name.en} carries no signature`, `Ohne Signatur: ${name.de}`)
}

export function mismatch(image: EspImageFact): Text {
  const name = nameOf(image)
  return text(
    `The checksum or hash of the ${name.en} does not match its content`,
    `Prüfsumme oder Hash passt nicht zum Inhalt: ${name.de}`,
  )
}

export function secureVersion(image: EspImageFact): Text {
  const number = image.secureVersion ?? 0
  return number === 0
    ? text(
        'The application has no security version: nothing tells old from new',
        'Die Anwendung hat keine Sicherheitsversion: Nichts unterscheidet alt von neu',
      )
    : text(
        `The application states security version ${number} against rollback`,
        `Die Anwendung nennt die Sicherheitsversion ${number} gegen das Zurückspielen alter Stände`,
      )
}

export function slots(proving: boolean): Text {
  return proving
    ? text(
        'A new application has to prove itself before it is kept (two slots with states)',
        'Eine neue Anwendung muss sich bewähren, bevor sie bleibt (zwei Plätze mit Zuständen)',
      )
    : text('The flash records which slot is started', 'Der Flash verzeichnet, welcher Platz gestartet wird')
}

export function loader(enables: boolean): Text {
  return enables
    ? text(
        'The boot loader is built to switch on protections of the chip',
        'Der Bootloader ist dafür gebaut, Schutzfunktionen des Chips einzuschalten',
      )
    : text(
        'The boot loader shows no code that switches on protections of the chip',
        'Der Bootloader zeigt keinen Code, der Schutzfunktionen des Chips einschaltet',
      )
}

export function partitions(slotCount: number, marked: number): Text {
  return text(
    `Partition table: ${slotCount} slots for updates, ${marked} partitions marked as encrypted`,
    `Partitionstabelle: ${slotCount} Plätze für Updates, ${marked} Partitionen als verschlüsselt markiert`,
  )
}

export function encrypted(label: string): Text {
  return text(
    `The partition ${label} looks encrypted; whether it is signed cannot be seen`,
    `Die Partition ${label} sieht verschlüsselt aus; ob sie signiert ist, ist nicht zu sehen`,
  )
}

export function encryptedData(label: string): Text {
  return text(
    `The partition ${label} looks encrypted; what lies in it cannot be seen`,
    `Die Partition ${label} sieht verschlüsselt aus; was in ihr liegt, ist nicht zu sehen`,
  )
}

export function knownSigner({ what }: KnownKey): Text {
  return text(
    `The image is signed with a key that everybody has: ${what.en}`,
    `Das Image ist mit einem Schlüssel signiert, den jeder hat: ${what.de}`,
  )
}

export const LEAKED_SIGNER = text(
  'The private key that signed the image lies in this release',
  'Der private Schlüssel, mit dem das Image signiert ist, liegt in dieser Firmware',
)

const DOORS: Readonly<Record<OpenDoor['door'], Text>> = {
  jtag: text('JTAG open', 'JTAG offen'),
  'rom-basic': text("the ROM's BASIC interpreter open", 'den BASIC-Interpreter im ROM offen'),
  download: text("the ROM's download mode open", 'den Download-Modus des ROM offen'),
  'flash-reading': text('reading of decrypted flash open', 'das Lesen des entschlüsselten Flash offen'),
  'flash-encrypting': text('encrypting of other content open', 'das Verschlüsseln anderer Inhalte offen'),
  fuses: text('the read protection of fuses open', 'den Leseschutz der Fuses offen'),
  'no-enforcement': text('secure boot without protection', 'sicheres Starten ohne Schutz'),
}

export function openDoor(door: OpenDoor['door']): Text {
  return text(`The build leaves ${DOORS[door].en}`, `Der Build lässt ${DOORS[door].de}`)
}

// Why, and how sure.

export const PREPARED = text(
  'The image is prepared for secure boot; whether the fuses of the chip demand this key cannot be seen in it.',
  'Das Image ist für sicheres Starten vorbereitet; ob die Fuses des Chips diesen Schlüssel verlangen, ist ihm nicht anzusehen.',
)
export const TRAVELLING = text(
  'The key lies in the block itself: that proves that nothing broke on the way, and nothing about who signed. The digest that the fuses hold can be given with --trust.',
  'Der Schlüssel liegt im Block selbst: Das zeigt, dass unterwegs nichts kaputtging, und nichts darüber, wer signiert hat. Der Digest, den die Fuses enthalten, lässt sich mit --trust angeben.',
)
export const NOT_THE_TRUSTED = text(
  'The key lies in the block itself, and is none of those that you trust.',
  'Der Schlüssel liegt im Block selbst und ist keiner von denen, denen Sie vertrauen.',
)
export const OTHER_KEY = text(
  'The boot loader of this release is signed with another key; the chip can hold up to three.',
  'Der Bootloader dieser Firmware ist mit einem anderen Schlüssel signiert; der Chip kann bis zu drei halten.',
)
export const OWN_KEY = text(
  'The application takes the key for updates from itself: it is built for signed updates without secure boot of the chip, so that whoever writes the flash replaces key and all.',
  'Die Anwendung nimmt den Schlüssel für Updates aus sich selbst: Sie ist für signierte Updates ohne sicheres Starten des Chips gebaut; wer den Flash beschreibt, ersetzt auch den Schlüssel.',
)
export const LOADER_UNSIGNED = text(
  'The boot loader of this release carries no signature: a chip with secure boot would not start it.',
  'Der Bootloader dieser Firmware trägt keine Signatur: Ein Chip mit sicherem Starten würde ihn nicht starten.',
)
export const LOADER_SILENT = text(
  'The boot loader of this release is signed with the same key, but does not show that it switches secure boot on; a digest of the key in the fuses is not visible here.',
  'Der Bootloader dieser Firmware ist mit demselben Schlüssel signiert, zeigt aber nicht, dass er sicheres Starten einschaltet; ein Digest des Schlüssels in den Fuses ist hier nicht zu sehen.',
)
export const SIGNER_WORTHLESS = text(
  'The signature verifies, but the private key is not secret.',
  'Die Signatur stimmt, aber der private Schlüssel ist nicht geheim.',
)
export const UNKNOWN_ALGORITHM = text(
  'The block names an algorithm that is not known here.',
  'Der Block nennt ein Verfahren, das hier nicht bekannt ist.',
)
export const NO_KEY = text(
  'The key of secure boot 1 lies in the boot loader, and none here fits; the public key can be given with --trust.',
  'Der Schlüssel von Secure Boot 1 liegt im Bootloader, und keiner hier passt; der öffentliche Schlüssel lässt sich mit --trust angeben.',
)
export const ONLY_KEY = text(
  'The only key at hand does not verify it; another one may exist elsewhere.',
  'Der einzige vorhandene Schlüssel bestätigt sie nicht; einen anderen mag es anderswo geben.',
)
export const IMAGE_CUT = text(
  'The image is cut off: whether a signature followed cannot be seen.',
  'Das Image ist abgeschnitten: Ob eine Signatur folgte, ist nicht zu sehen.',
)
export const SIGNATURE_CUT = text(
  'The image ends within its signature block.',
  'Das Image endet innerhalb seines Signaturblocks.',
)

export const FAULTS: Readonly<Record<Exclude<BlockFault, 'unknown-algorithm'>, Text>> = {
  checksum: text(
    "The block's own checksum does not match, so that the chip skips it.",
    'Die Prüfsumme des Blocks stimmt nicht, sodass der Chip ihn übergeht.',
  ),
  digest: text(
    'The digest in the block is not that of the image: other bytes were signed.',
    'Der Digest im Block ist nicht der des Images: Signiert wurden andere Bytes.',
  ),
  key: text('The numbers in the block make no key.', 'Die Zahlen im Block ergeben keinen Schlüssel.'),
  constants: text(
    'The numbers that the chip calculates with do not follow from the key beside them.',
    'Die Zahlen, mit denen der Chip rechnet, folgen nicht aus dem Schlüssel daneben.',
  ),
  signature: text(
    'The key that lies in the block does not verify its signature.',
    'Der Schlüssel im Block bestätigt dessen Signatur nicht.',
  ),
}

export const UNSIGNED_REASON = text(
  'The format can carry signatures and this image has none; what lies at its end protects against accidents only. Another layer may still protect it.',
  'Das Format kann Signaturen tragen, dieses Image hat keine; was an seinem Ende liegt, schützt nur vor Übertragungsfehlern. Eine andere Schicht kann es trotzdem schützen.',
)
export const ESP8266 = text(
  'The chip has no secure boot: its ROM starts whatever the flash holds.',
  'Der Chip hat kein sicheres Starten: Sein ROM startet, was im Flash steht.',
)
export const LOADER_OF_VERSION_1 = text(
  'Secure boot 1 leaves the boot loader without a signature: the chip keeps a digest of it, made with a key of its own.',
  'Secure Boot 1 lässt den Bootloader ohne Signatur: Der Chip hält einen Digest davon, gebildet mit einem eigenen Schlüssel.',
)
export const RECOMPUTED = text(
  'It was computed again from the stored bytes.',
  'Sie wurde aus den gespeicherten Bytes neu berechnet.',
)
export const PATCHED = text(
  'Only the hash differs: some flashing tools change the header of a boot loader and leave the hash, which the chip does not look at.',
  'Nur der Hash weicht ab: Manche Flash-Werkzeuge ändern den Kopf eines Bootloaders und lassen den Hash, den der Chip nicht ansieht.',
)
export const VERSION_REASON = text(
  'The number counts only where the boot loader is built against rollback, and the fuses hold one too.',
  'Die Zahl zählt nur, wo der Bootloader gegen das Zurückspielen gebaut ist und auch die Fuses eine enthalten.',
)
export const SLOTS_REASON = text(
  'It is the state at the time when the flash was read or put together.',
  'Es ist der Stand zu der Zeit, als der Flash gelesen oder zusammengestellt wurde.',
)
export const TABLE_REASON = text(
  'A mark takes effect only where flash encryption is switched on in the fuses; applications are encrypted then without a mark too.',
  'Eine Markierung wirkt nur, wo die Flash-Verschlüsselung in den Fuses eingeschaltet ist; Anwendungen werden dann auch ohne Markierung verschlüsselt.',
)
export const OPENED = text(
  'The flash is encrypted, and what it holds came out whole with a key that was handed in. Whether the chip still lets somebody read it in the clear, its fuses say.',
  'Der Flash ist verschlüsselt, und sein Inhalt kam mit einem übergebenen Schlüssel heil heraus. Ob der Chip ihn noch im Klartext auslesen lässt, sagen seine Fuses.',
)
export const READABLE = text(
  'Partitions are marked as encrypted, and applications are readable: this was put together for a first start, or flash encryption was off when it was read.',
  'Partitionen sind als verschlüsselt markiert, und Anwendungen sind lesbar: Dies wurde für einen ersten Start zusammengestellt, oder die Flash-Verschlüsselung war beim Auslesen aus.',
)
export const ENCRYPTED_REASON = text(
  'Its bytes look random where an application or marked data should lie. An encrypted image is not an unsigned one: with --key the check looks inside.',
  'Ihre Bytes sehen zufällig aus, wo eine Anwendung oder markierte Daten liegen müssten. Ein verschlüsseltes Image ist kein unsigniertes: Mit --key sieht die Prüfung hinein.',
)
export const KNOWN_REASON = text(
  'The public key is equal to that of a private key which was published.',
  'Der öffentliche Schlüssel ist gleich dem eines veröffentlichten privaten Schlüssels.',
)
export const LEAKED_REASON = text(
  'The public key is equal to that of a private key which was found in this release.',
  'Der öffentliche Schlüssel ist gleich dem eines privaten Schlüssels, der in dieser Firmware gefunden wurde.',
)
export const COMPILED_IN = text(
  'ESP-IDF compiles these sentences in for that configuration only; that the fuses were burnt cannot be seen.',
  'ESP-IDF übersetzt diese Sätze nur für diese Einstellung mit; dass die Fuses gesetzt wurden, ist nicht zu sehen.',
)
export const SILENCE = text(
  'A boot loader that logs less has none of the sentences; silence proves nothing.',
  'Ein Bootloader, der weniger meldet, hat keinen der Sätze; Schweigen beweist nichts.',
)
export const SENTENCE_REASON = text(
  'ESP-IDF compiles this sentence in for that setting only; the maker may have locked the chip in another way.',
  'ESP-IDF übersetzt diesen Satz nur für diese Einstellung mit; der Hersteller kann den Chip anders verriegelt haben.',
)
export const FILE_REASON = text(
  'The file says how something was built; that the image comes from that build is not shown.',
  'Die Datei sagt, wie etwas gebaut wurde; dass das Image aus diesem Build stammt, zeigt sie nicht.',
)

// What would overturn it.

export const CUT_OR_NOT_STARTED = text(
  'Proof that the file was cut out wrongly, that another key verifies it, or that the chip refuses it: the file as delivered, and a start with it on a unit as it is sold.',
  'Der Nachweis, dass die Datei falsch ausgeschnitten wurde, ein anderer Schlüssel sie bestätigt oder der Chip sie abweist: die Datei wie geliefert und ein Start damit auf einem Gerät im Verkaufszustand.',
)
export const NOT_STARTED = text(
  'Proof that the chip refuses this image: espefuse summary of a unit as it is sold, with digests of other keys only, and a start with it that fails.',
  'Der Nachweis, dass der Chip dieses Image abweist: espefuse summary eines Geräts im Verkaufszustand, nur mit Digests anderer Schlüssel, und ein gescheiterter Start damit.',
)
export const SIGNED_ELSEWHERE = text(
  'Proof that it is signed before delivery or verified in another way, or never started on the product: the image as delivered, and espefuse summary of a unit as it is sold.',
  'Der Nachweis, dass es vor der Auslieferung signiert oder auf andere Weise geprüft oder auf dem Produkt nie gestartet wird: das ausgelieferte Image und espefuse summary eines Geräts im Verkaufszustand.',
)
export const FUSES_SAY_OTHERWISE = text(
  'espefuse summary of a unit as it is sold, in which this is locked.',
  'espefuse summary eines Geräts im Verkaufszustand, in der dies verriegelt ist.',
)
