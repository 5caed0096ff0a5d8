import type { BootChain, ChainStep } from '@messlatte/model'

const STEP: ChainStep = {
  title: { en: 'Boot loader', de: 'Bootloader' },
  name: '',
  after: null,
  state: 'open',
  reason: {
    en: 'It holds the key for what follows. What verifies it is not in this release.',
    de: 'Es enthält den Schlüssel für das, was folgt. Was es selbst prüft, liegt nicht in dieser Firmware.',
  },
  parts: [part('u-boot.dtb', 'bootloader', 'boot loader', 'Bootloader')],
  gaps: [],
  scheme: null,
  level: null,
  algorithm: null,
  strength: null,
  anchors: [],
  demand: { en: 'only the hardware can demand it', de: 'nur die Hardware kann es verlangen' },
  rollback: [],
  repeat: null,
  evidence: null,
}

function part(path: string, stage: string, en: string, de: string): ChainStep['parts'][number] {
  return { path, name: path, stage, title: { en, de }, encrypted: false }
}

/** A broken chain, with every field of a step filled in. */
export const SAMPLE_CHAIN: BootChain = {
  kind: 'boot',
  name: 'fit.itb@0x0:fit · conf-1 *',
  alike: [],
  verdict: 'broken',
  summary: {
    en: 'The chain is broken: Root file system. Nothing in this release verifies it.',
    de: 'Die Kette ist unterbrochen: Root-Dateisystem. Nichts in dieser Firmware prüft es.',
  },
  steps: [
    STEP,
    {
      ...STEP,
      title: { en: 'Device tree, kernel', de: 'Device Tree, Kernel' },
      name: 'conf-1',
      after: 0,
      state: 'verified',
      reason: {
        en: 'The signature verifies with a key of the step before.',
        de: 'Die Signatur stimmt mit einem Schlüssel des Schrittes davor.',
      },
      parts: [
        part('fit.itb@0x0:fit/images/kernel-1', 'kernel', 'kernel', 'Kernel'),
        {
          ...part('fit.itb@0x0:fit/images/fdt-1', 'device-tree', 'device tree', 'Device Tree'),
          encrypted: true,
        },
      ],
      gaps: [
        {
          ...part('fit.itb@0x0:fit/images/fpga', 'coprocessor', 'coprocessor', 'Coprozessor'),
          why: { en: 'no hash ties it to the signature', de: 'kein Hash bindet es an die Signatur' },
        },
      ],
      scheme: 'U-Boot FIT',
      level: 'E5',
      algorithm: 'RSA-2048 (PKCS#1 v1.5), SHA-256',
      strength: {
        grade: 'legacy',
        text: { en: 'RSA below 3,000 bits: legacy', de: 'RSA unter 3.000 Bit: Altverfahren' },
        source: 'SOG-IS Agreed Cryptographic Mechanisms 1.3',
      },
      anchors: [
        {
          form: 'SHA-256, SubjectPublicKeyInfo',
          fingerprint: 'ab'.repeat(32),
          name: 'dev',
          lies: { en: 'in u-boot.dtb', de: 'in u-boot.dtb' },
          everybody: true,
        },
      ],
      demand: { en: 'the step before demands it', de: 'der Schritt davor verlangt es' },
      rollback: [
        { name: 'version', value: 7, signed: true },
        { name: 'security-counter', value: null, signed: false },
      ],
      repeat: 'fit_check_sign -f FIT -k CONTROL.dtb',
      evidence: { kind: 'boot.fit.signature', path: 'fit.itb@0x0:fit', offset: 0, length: 1 },
    },
    {
      ...STEP,
      title: { en: 'Root file system', de: 'Root-Dateisystem' },
      state: 'broken',
      reason: { en: 'Nothing in this release verifies it.', de: 'Nichts in dieser Firmware prüft es.' },
      parts: [
        part('flash.bin@0x400000:squashfs', 'root-file-system', 'root file system', 'Root-Dateisystem'),
      ],
      demand: { en: 'nobody demands it', de: 'niemand verlangt es' },
    },
    {
      ...STEP,
      title: { en: 'Kernel modules', de: 'Kernel-Module' },
      after: 1,
      state: 'refused',
      reason: { en: 'It is not signed.', de: 'Es ist nicht signiert.' },
      scheme: 'Linux module signature',
      level: 'E0',
    },
  ],
  root: 'open',
  hardware: [
    {
      id: 'secure-boot-enabled',
      question: {
        en: 'Does the hardware demand a signature of its first stage?',
        de: 'Verlangt die Hardware eine Signatur ihrer ersten Stufe?',
      },
      command: { en: 'hab_status', de: 'hab_status' },
      answer: null,
    },
    {
      id: 'debug-locked',
      question: { en: 'Is the debug port locked?', de: 'Ist der Debug-Zugang gesperrt?' },
      command: { en: 'fuse read 0 6', de: 'fuse read 0 6' },
      answer: { en: 'yes', de: 'ja' },
    },
  ],
}
