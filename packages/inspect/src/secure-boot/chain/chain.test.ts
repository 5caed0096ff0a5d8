import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../contract.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { SCHEMES, STAGES } from './facts.ts'
import { chainCheck } from './index.ts'
import { HARDWARE_QUESTION_NAMES, SCHEME_NAMES, STAGE_NAMES } from './names.ts'
import { MOST_PATHS } from './paths.ts'
import { algorithmName, strengthOf } from './strength.ts'
import {
  chainsInShort,
  concluded,
  factOf,
  factsIn,
  fixtureNames,
  linkFaults,
  linksOf,
  type ShortFact,
} from './testing.ts'

const FIT = 'Boot loader open; Device tree, kernel'

/** What is drawn of each fixture; then its evidence as `kind polarity level grade`. */
const EXPECTED: Readonly<Record<string, readonly [chains: readonly string[], evidence: readonly string[]]>> =
  {
    'negative/esp-trusted': [
      [
        'whole: Boot loader verified (ESP32 Secure Boot V2 E6); Application verified (ESP32 Secure Boot V2 E6) < 0',
      ],
      ['whole for E6 high'],
    ],
    'negative/fit-with-root-file-system': [
      [`whole: ${FIT}, initial RAM file system, root file system verified (U-Boot FIT E5) < 0`],
      ['whole for E5 high'],
    ],
    'negative/initramfs-beside': [
      [
        `whole: ${FIT}, initial RAM file system, root file system verified (U-Boot FIT E5) < 0`,
        'open: Initial RAM file system open',
      ],
      ['whole for E5 high', 'open neutral - medium'],
    ],
    'negative/two-slots': [
      Array<string>(2).fill('whole: Boot loader open; Application verified (MCUboot E5) < 0'),
      ['whole for E5 high', 'whole for E5 high'],
    ],
    'negative/verity-under-fit': [
      [`whole: ${FIT} verified (U-Boot FIT E5) < 0; Root file system verified (dm-verity E2) < 1`],
      ['whole for E5 high'],
    ],
    'positive/does-not-verify': [[`broken: ${FIT} broken (U-Boot FIT EX) < 0`], ['broken against - medium']],
    'positive/image-left-out': [[`broken: ${FIT} broken (U-Boot FIT E5) < 0`], ['broken against - medium']],
    'positive/key-in-the-release': [
      [`broken: ${FIT} broken (U-Boot FIT E5) < 0`],
      ['broken against - medium'],
    ],
    'positive/key-that-everybody-has': [
      [`broken: ${FIT} broken (U-Boot FIT E5) < 0`],
      ['broken against - medium'],
    ],
    'positive/not-demanded': [[`broken: ${FIT} broken (U-Boot FIT E5) < 0`], ['broken against - medium']],
    'positive/nothing-but-regions': [
      ['absent: Kernel broken; Root file system broken'],
      ['absent against - low'],
    ],
    'positive/nothing-signed': [
      ['absent: Kernel broken (uImage E1); Root file system broken'],
      ['absent against - medium'],
    ],
    'positive/root-hash-in-an-unsigned-kernel': [
      ['absent: Kernel broken (uImage E1); Root file system broken (dm-verity E2) < 0'],
      ['absent against - medium'],
    ],
    'positive/root-hash-in-the-open': [
      [
        'broken: Boot loader open; Boot configuration broken; Device tree, kernel verified (U-Boot FIT E5) < 0; Root file system broken (dm-verity E2) < 1',
      ],
      ['broken against - medium'],
    ],
    'positive/sha1': [[`broken: ${FIT} broken (U-Boot FIT E5) < 0`], ['broken against - medium']],
    'positive/short-rsa': [[`broken: ${FIT} broken (U-Boot FIT E5) < 0`], ['broken against - medium']],
    'positive/unsigned-application': [
      ['broken: Boot loader open (ESP32 Secure Boot V2 E4); Application broken (ESP image E2)'],
      ['broken against - medium'],
    ],
    'positive/unsigned-root-file-system': [
      [`broken: ${FIT} verified (U-Boot FIT E5) < 0; Root file system broken`],
      ['broken against - medium'],
    ],
    'near-miss/boot-loader-alone': [['open: Boot loader open'], ['open neutral - medium']],
    'near-miss/digest-in-the-chip': [
      ['open: Boot loader open (ESP32 Secure Boot V1 E2)'],
      ['open neutral - medium'],
    ],
    'near-miss/encrypted': [['open: Application open (MCUboot E3)'], ['open neutral - medium']],
    'near-miss/file-system-without-a-system': [[], []],
    'near-miss/initramfs-alone': [['open: Initial RAM file system open'], ['open neutral - medium']],
    'near-miss/initramfs-before-root-file-system': [
      [
        'broken: Boot loader open; Kernel, initial RAM file system verified (U-Boot FIT E5) < 0; Root file system broken',
      ],
      ['broken against - low'],
    ],
    'near-miss/kernel-without-a-system': [
      [`open: ${FIT} verified (U-Boot FIT E5) < 0`],
      ['open neutral - medium'],
    ],
    'near-miss/root-file-system-alone': [['open: Root file system open'], ['open neutral - medium']],
    'near-miss/signed-without-a-key': [
      ['open: Device tree, kernel open (U-Boot FIT E3)'],
      ['open neutral - medium'],
    ],
    'near-miss/travelling-key': [
      ['open: Application open (ESP32 Secure Boot V2 E4)'],
      ['open neutral - medium'],
    ],
    'near-miss/two-that-vouch-for-each-other': [
      ['open: Boot loader open (MCUboot E5); Application verified (MCUboot E5) < 0'],
      ['open neutral - medium'],
    ],
    'near-miss/unsigned-configuration-beside': [
      [
        `open: ${FIT} verified (U-Boot FIT E5) < 0`,
        'refused: Boot loader open; Kernel refused (U-Boot FIT E2) < 0',
      ],
      ['open neutral - medium'],
    ],
    'near-miss/update': [
      ['open: Root file system open', 'whole: Root file system open; Update verified (RAUC E5) < 0'],
      ['open neutral - medium'],
    ],
  }

describe('the chain', () => {
  it('has an expectation for every fixture', () => {
    const all = (['positive', 'negative', 'near-miss'] as const).flatMap(fixtureNames)
    expect(all.toSorted()).toEqual(Object.keys(EXPECTED).toSorted())
  })

  it.each(Object.entries(EXPECTED))('is drawn and judged: %s', (name, [chains, evidence]) => {
    const facts = factsIn(name)
    expect(linksOf(facts).flatMap(linkFaults)).toEqual([])
    const run = concluded(facts)
    expect(chainsInShort(run.chains)).toEqual(chains)
    const short = run.evidence.map(({ kind, polarity, level, confidence }) =>
      [kind.replace('boot.chain.', ''), polarity, level ?? '-', confidence.grade].join(' '),
    )
    expect(short).toEqual(evidence)
    for (const { polarity, overturnedBy } of run.evidence)
      expect(overturnedBy !== undefined).toBe(polarity === 'against')
  })

  it('says with a break where it lies and why', () => {
    const { chains, evidence } = concluded(factsIn('positive/unsigned-root-file-system'))
    expect(evidence[0]?.place.path).toBe('flash.bin@0x400000:ubi/rootfs@0x0:ubifs')
    expect(chains[0]?.summary.en).toBe(
      'The chain is broken: Root file system. Nothing in this release verifies it, and a running system can write to it.',
    )
    expect(chains[0]?.summary.de).toContain('Root-Dateisystem. Nichts in dieser Firmware prüft es')
  })

  it('asks the hardware with the commands of the scheme, or says which there are', () => {
    const esp = concluded(factsIn('negative/esp-trusted')).chains[0]
    expect(esp?.hardware.map(({ id, command, answer }) => [id, command.en, answer])).toEqual([
      ['secure-boot-enabled', 'espefuse summary --format json', null],
      ['key-digest', 'espefuse summary --format json', null],
      ['flash-encryption', 'espefuse summary --format json', null],
    ])
    const fit = concluded(factsIn('negative/verity-under-fit')).chains[0]
    const command = fit?.hardware.find(({ id }) => id === 'secure-boot-enabled')?.command
    expect(command?.en).toMatch(/^by the chip: .*hab_status.*espefuse/)
    expect(command?.de).toMatch(/^je nach Chip: .*hab_status.*espefuse/)
    expect(concluded(factsIn('positive/nothing-signed')).chains[0]?.hardware).toEqual([])
  })

  it('keeps rollback data, keys and where they lie', () => {
    const step = concluded(factsIn('negative/esp-trusted')).chains[0]?.steps[1]
    expect(step?.rollback).toEqual([{ name: 'secure_version', value: 3, signed: true }])
    expect(step?.anchors.map(({ lies }) => lies.en)).toEqual([
      'you trust it (release.pem)',
      'in boot.bin@0x0:esp-image',
    ])
  })

  it('draws a bounded number of ways, and takes one thing otherwise at a time', () => {
    const many = Array.from({ length: 300 }, (_, at): ShortFact => {
      const path = `board-${String(at).padStart(3, '0')}.itb`
      return {
        fact: 'chain.link',
        path,
        scheme: 'u-boot-fit',
        covers: { kernel: 'kernel' },
        level: 'E2',
        hash: 'sha256',
      }
    })
    const { chains } = concluded(many.map(factOf))
    expect(chains).toHaveLength(MOST_PATHS)
    expect(chains.every(({ steps }) => steps.length === 1)).toBe(true)
  })

  it('draws configurations of one image that come to the same once, and names the others', () => {
    const configurations = Array.from(
      { length: 16 },
      (_, at): ShortFact => ({
        fact: 'chain.link',
        path: 'fw.itb',
        scheme: 'u-boot-fit',
        name: `conf-${at}`,
        covers: { 'images/kernel': 'kernel', [`images/fdt-${at}`]: 'device-tree' },
        level: at === 7 ? 'EX' : 'E6',
        signature: { type: 'rsa', bits: 4096, padding: 'pss' },
        anchors: [{ key: '22'.repeat(32), lies: 'trusted' }],
      }),
    )
    const { chains } = concluded(configurations.map(factOf))
    expect(chains.map(({ name, alike }) => [name, alike.length])).toEqual([
      ['fw.itb · conf-0', 14],
      ['fw.itb · conf-7', 0],
    ])
    expect(chains[0]?.alike).toContain('fw.itb · conf-15')
  })

  it('says of thousands of modules what the worst of them says', () => {
    const modules = Array.from(
      { length: 2000 },
      (_, at): ShortFact => ({
        fact: 'chain.link',
        path: `root@0x0:squashfs/lib/modules/${at}.ko`,
        root: 'root@0x0:squashfs',
        scheme: 'linux-module',
        covers: { '': 'modules' },
        level: at === 1234 ? 'EX' : 'E6',
        signature: { type: 'rsa', bits: 4096, padding: 'pkcs1' },
        anchors: [{ key: '22'.repeat(32), lies: 'trusted' }],
      }),
    )
    const { chains } = concluded(modules.map(factOf))
    expect(chainsInShort(chains)).toEqual(['broken: Kernel modules broken (Linux module signature EX)'])
  })

  it('ends with an answer for any facts', () => {
    const path = fc.constantFrom('a', 'a/b', 'a/b@0x0:fit', 'c', 'c/d', 'e')
    const fact = fc.record({
      fact: fc.constantFrom<ShortFact['fact']>(
        'chain.link',
        'chain.link',
        'chain.region',
        'chain.first-program',
        'boot.u-boot',
      ),
      path,
      root: path,
      stage: fc.constantFrom(...STAGES),
      scheme: fc.constantFrom(...SCHEMES),
      covers: fc.dictionary(fc.constantFrom('', 'b', 'd'), fc.constantFrom(...STAGES), { minKeys: 1 }),
      level: fc.constantFrom<NonNullable<ShortFact['level']>>('E0', 'E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'EX'),
      anchors: fc.array(
        fc.record({
          key: fc.constant('33'.repeat(32)),
          lies: fc.oneof(path, fc.constantFrom('trusted', 'travelling', 'hardware', 'unknown')),
        }),
        { maxLength: 2 },
      ),
      demand: fc.oneof(path, fc.constantFrom('hardware', 'unknown', 'nobody:a')),
      name: fc.constantFrom('', 'x', 'y'),
    })
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 12 }), (facts) => {
        const run = concluded(facts.map(factOf))
        expect(run.chains.length).toBeLessThanOrEqual(2 * MOST_PATHS)
        for (const { steps, verdict } of run.chains) {
          expect(steps.length).toBeGreaterThan(0)
          steps.forEach(({ after }, at) => {
            if (after !== null) expect(after).toBeLessThan(at)
          })
          if (verdict === 'whole') expect(steps.some(({ state }) => state === 'verified')).toBe(true)
        }
      }),
    )
  })
})

describe('what the chain looks at', () => {
  function factsOf(format: string, inner: string): readonly Fact[] {
    const root = `flash.bin@0x0:${format}`
    const region = testArtefact('', 'x', { path: root, root: 'flash.bin', name: '', type: 'region', format })
    return runChecks([{ ...chainCheck, needs: [] }], [region, testArtefact(inner, '#!/bin/sh', { root })])
      .facts
  }

  it('is file systems with a first program, and kernels', () => {
    const kinds = (format: string, inner: string) => factsOf(format, inner).map(({ kind }) => kind)
    expect(kinds('squashfs', 'sbin/init')).toEqual(['chain.region', 'chain.first-program', 'chain.path'])
    expect(kinds('ubifs', 'www/index.html')).toEqual(['chain.region'])
    expect(kinds('kernel', 'payload')).toEqual(['chain.region', 'chain.path'])
    expect(kinds('zip', 'home/sbin/init')).toEqual([])
  })
})

describe('strength', () => {
  it('follows the catalogues', () => {
    const grade = (...signed: Parameters<typeof strengthOf>) => strengthOf(...signed)?.grade
    const rsa = (bits: number, padding: 'pkcs1' | 'pss') => ({ type: 'rsa', bits, padding }) as const
    expect(grade(rsa(3072, 'pss'), 'sha256')).toBe('agreed')
    expect(grade(rsa(3072, 'pkcs1'), 'sha256')).toBe('legacy')
    expect(grade(rsa(2048, 'pss'), 'sha256')).toBe('legacy')
    expect(grade(rsa(1024, 'pss'), 'sha256')).toBe('insecure')
    expect(grade(rsa(4096, 'pss'), 'sha1')).toBe('insecure')
    expect(grade({ type: 'ecdsa', curve: 'P-256' }, 'sha256')).toBe('agreed')
    expect(grade({ type: 'ecdsa', curve: 'P-192' }, 'sha256')).toBe('below')
    expect(grade({ type: 'ecdsa', curve: 'sect163k1' }, 'sha256')).toBe('unknown')
    expect(grade({ type: 'ed25519' }, undefined)).toBe('unknown')
    expect(grade({ type: 'ecdsa', curve: 'secp256k1' }, 'sha256')).toBe('unknown')
    expect(grade({ type: 'ecdsa', curve: 'brainpoolP384r1' }, 'sha384')).toBe('agreed')
    expect(grade({ type: 'mac', name: 'AES-CMAC' }, undefined)).toBe('below')
    expect(grade(undefined, 'sha256')).toBe('agreed')
    expect(grade(undefined, 'crc32')).toBe('insecure')
    expect(grade(undefined, undefined)).toBeUndefined()
  })

  it('names what was used', () => {
    expect(algorithmName({ type: 'rsa', bits: 3072, padding: 'pss' }, 'sha256')).toBe(
      'RSA-3072 (PSS), SHA-256',
    )
    expect(algorithmName({ type: 'ed25519' }, undefined)).toBe('Ed25519')
    expect(algorithmName(undefined, undefined)).toBeUndefined()
  })

  it('has a name for every stage, scheme and question, in both languages', () => {
    for (const name of [...Object.values(STAGE_NAMES), ...Object.values(HARDWARE_QUESTION_NAMES)]) {
      expect(name.en).not.toBe('')
      expect(name.de).not.toBe('')
    }
    expect(new Set(Object.values(SCHEME_NAMES)).size).toBe(SCHEMES.length)
  })
})
