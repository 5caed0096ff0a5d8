import { createHash } from 'node:crypto'
import type { Evidence, Text } from '@messlatte/model'

export const digestOf = (text: string) => createHash('sha256').update(text).digest('hex')

const ROOTFS = 'acme-ac1200-1.0.3.bin@0x200040:squashfs'
/** What a stranger can call a file: escape codes, a turned reading direction, markup. */
export const HOSTILE_NAME = 'S99\u001b[2Jtelnet\u202ehs.tx\u2066<script>alert("1")</script>\r\n\u0007.sh'

type Parts = Pick<Evidence, 'kind' | 'check' | 'path' | 'title' | 'observation'> & Partial<Evidence>

const HIGH: Text = {
  en: 'The bytes were read and parsed to their end.',
  de: 'Die Bytes wurden bis zum Ende gelesen und ausgewertet.',
}

export const weakRoot = evidence({
  kind: 'account.password.weak',
  check: 'credentials.accounts',
  provisions: refs('5.1-1', '5.4-3'),
  cases: [{ spec: 'ts103701-v1.1.1', id: '5.1-1-2' }],
  path: `${ROOTFS}/etc/shadow`,
  offset: 0,
  length: 34,
  title: {
    en: 'The account root has a usual default password',
    de: 'Das Konto root hat ein übliches Standardpasswort',
  },
  observation: {
    account: 'root',
    algorithm: 'md5crypt',
    salt: 'Zx8kQ2vB',
    shell: '/bin/ash',
    uid: 0,
    password: { length: 4, shown: '····', keyedDigest: digestOf('pw').slice(0, 16) },
  },
  confidence: {
    grade: 'high',
    reason: {
      en: 'A guess from the list of usual passwords gives the stored hash.',
      de: 'Ein Versuch aus der Liste üblicher Passwörter ergibt den gespeicherten Hash.',
    },
  },
  overturnedBy: {
    en: 'Proof from two units that the password is replaced by one of its own before first use.',
    de: 'Nachweis an zwei Geräten, dass das Passwort vor der ersten Nutzung durch ein eigenes ersetzt wird.',
  },
})

export const emptyGuest = evidence({
  kind: 'account.password.empty',
  check: 'credentials.accounts',
  provisions: refs('5.1-1', '5.5-5'),
  path: `${ROOTFS}/etc/shadow`,
  offset: 182,
  length: 20,
  title: { en: 'The account guest has no password', de: 'Das Konto guest hat kein Passwort' },
  observation: { account: 'guest', field: 'empty', shell: '/bin/ash', uid: 1001 },
  overturnedBy: {
    en: 'A running unit on which guest cannot log in anywhere.',
    de: 'Ein laufendes Gerät, an dem sich guest nirgends anmelden kann.',
  },
})

export const untriedSupport = evidence({
  kind: 'account.password.untried',
  check: 'credentials.accounts',
  polarity: 'neutral',
  provisions: refs('5.1-1'),
  path: `${ROOTFS}/etc/shadow`,
  offset: 120,
  length: 62,
  title: {
    en: 'The account support has a password of a kind that is not tried (yescrypt)',
    de: 'Das Konto support hat ein Passwort einer Art, die nicht durchprobiert wird (yescrypt)',
  },
  observation: { account: 'support', algorithm: 'yescrypt', uid: 0 },
})

export const pairedKey = evidence({
  kind: 'key.private.paired',
  check: 'credentials.private-keys',
  provisions: refs('5.4-1', '5.4-3', '5.4-4'),
  cases: [{ spec: 'ts103701-v1.1.1', id: '5.4-3-1' }],
  path: `${ROOTFS}/etc/ssl/private/device.key`,
  length: 1679,
  title: {
    en: 'An RSA private key lies in the image, and its certificate lies beside it',
    de: 'Ein privater RSA-Schlüssel liegt im Abbild, sein Zertifikat daneben',
  },
  observation: {
    encoding: 'PEM, PKCS#1',
    algorithm: 'RSA',
    bits: 2048,
    publicKeySha256: digestOf('spki'),
    certificate: { path: `${ROOTFS}/etc/ssl/certs/device.pem`, subject: 'CN=ac1200.acme.example' },
    mode: '0644',
  },
  overturnedBy: {
    en: 'Proof from two units that each serves a key of its own, and that this one is never used.',
    de: 'Nachweis an zwei Geräten, dass jedes einen eigenen Schlüssel verwendet und dieser nie benutzt wird.',
  },
})

export const telnet = evidence({
  kind: 'service.telnet.started',
  check: 'services.shells',
  provisions: refs('5.5-5', '5.5-4', '5.6-1'),
  path: `${ROOTFS}/etc/inittab`,
  offset: 96,
  length: 38,
  title: { en: 'telnetd is started at boot', de: 'telnetd wird beim Start ausgeführt' },
  observation: { line: '::respawn:/usr/sbin/telnetd -F -l /bin/login', runlevel: '', number: 7 },
  overturnedBy: {
    en: 'A running unit whose port 23 answers on no interface.',
    de: 'Ein laufendes Gerät, dessen Port 23 an keiner Schnittstelle antwortet.',
  },
})

export const hostile = evidence({
  kind: 'service.shell.unauthenticated',
  check: 'services.shells',
  provisions: refs('5.5-5', '5.6-1'),
  path: `${ROOTFS}/etc/init.d/${HOSTILE_NAME}`,
  length: 77,
  title: {
    en: 'A start script opens a shell without a login',
    de: 'Ein Startskript öffnet eine Shell ohne Anmeldung',
  },
  observation: { script: HOSTILE_NAME, command: '/usr/sbin/telnetd -l /bin/sh -p 9999' },
  confidence: {
    grade: 'medium',
    reason: {
      en: 'The script is in the start folder; whether it is reached was not run.',
      de: 'Das Skript liegt im Startordner; ob es erreicht wird, wurde nicht ausgeführt.',
    },
  },
  overturnedBy: {
    en: 'A running unit whose port 9999 answers on no interface.',
    de: 'Ein laufendes Gerät, dessen Port 9999 an keiner Schnittstelle antwortet.',
  },
})

export const unsignedKernel = evidence({
  kind: 'boot.uimage.unsigned',
  check: 'secure-boot.uimage',
  provisions: refs('5.7-1'),
  level: 'E1',
  path: 'acme-ac1200-1.0.3.bin@0x40000:uimage',
  length: 1_638_464,
  title: {
    en: 'The kernel is a legacy uImage: a checksum, no signature',
    de: 'Der Kernel ist ein altes uImage: eine Prüfsumme, keine Signatur',
  },
  observation: {
    name: 'Linux-4.14.90',
    os: 'linux',
    architecture: 'mips',
    compression: 'lzma',
    headerCrc: '0x5fd1c2a9',
    dataCrc: '0x81b0e4d7',
  },
  overturnedBy: {
    en: 'A signature over this kernel outside the image, and a boot loader that demands it.',
    de: 'Eine Signatur über diesen Kernel außerhalb des Abbilds und ein Bootloader, der sie verlangt.',
  },
})

export const signedFit = evidence({
  kind: 'boot.fit.verified',
  check: 'secure-boot.fit',
  polarity: 'for',
  provisions: refs('5.7-1'),
  level: 'E5',
  path: 'recovery.itb@0x0:fit',
  length: 2_097_152,
  sha256: digestOf('recovery.itb'),
  title: {
    en: 'The recovery image is signed; the key stands in the control device tree of the boot loader',
    de: 'Das Recovery-Abbild ist signiert; der Schlüssel steht im Gerätebaum des Bootloaders',
  },
  observation: {
    configuration: 'conf-1',
    algorithm: 'sha256,rsa3072',
    keyHint: 'rel',
    signed: ['kernel-1', 'fdt-1', 'ramdisk-1'],
    required: 'conf',
  },
})

export const httpUpdate = evidence({
  kind: 'update.script.plain-http',
  check: 'update.scripts',
  provisions: refs('5.3-2', '5.3-7', '5.3-9', '5.3-10'),
  cases: [{ spec: 'ts103701-v1.1.1', id: '5.3-10-1' }],
  path: `${ROOTFS}/usr/sbin/fw_update`,
  offset: 211,
  length: 118,
  title: {
    en: 'An update script fetches over plain HTTP and writes to flash without verifying',
    de: 'Ein Updateskript lädt über unverschlüsseltes HTTP und schreibt ungeprüft in den Flash',
  },
  observation: {
    fetch: 'wget -q -O /var/fw.bin http://update.acme.example/ac1200/latest.bin',
    write: 'mtd write /var/fw.bin firmware',
    between: [],
  },
  overturnedBy: {
    en: 'A running unit that refuses an image with one changed byte, offered through this script.',
    de: 'Ein laufendes Gerät, das ein Abbild mit einem geänderten Byte über dieses Skript ablehnt.',
  },
})

export const SAMPLE_EVIDENCE = [
  weakRoot,
  emptyGuest,
  untriedSupport,
  pairedKey,
  telnet,
  hostile,
  unsignedKernel,
  signedFit,
  httpUpdate,
] as const satisfies readonly Evidence[]

function evidence(parts: Parts): Evidence {
  return {
    id: digestOf(`${parts.kind} ${parts.path} ${parts.offset ?? 0}`),
    checkVersion: 1,
    provisions: [],
    cases: [],
    polarity: 'against',
    offset: 0,
    length: 0,
    sha256: digestOf(parts.path),
    confidence: { grade: 'high', reason: HIGH },
    ...parts,
  }
}

function refs(...ids: readonly string[]): Evidence['provisions'] {
  return ids.map((id) => ({ edition: 'en303645-2020', id }))
}
