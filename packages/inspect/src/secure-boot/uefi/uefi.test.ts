import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryBytes, readCertificate } from '@messlatte/bytes'
import { parsePe } from '@messlatte/unpack'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testArtefact } from '../../testing.ts'
import { linkFaults, linksInShort, linksOf } from '../chain/testing.ts'
import { digestsOf, signedRanges, uncovered } from './digest.ts'
import { artefactOf, fixture, inShort, releaseOf, run } from './testing.ts'

const HOLDS = 'signature E5 for high'

function casesOf(kind: string): readonly string[] {
  return readdirSync(new URL(`./fixtures/${kind}/`, import.meta.url)).sort()
}

describe('secure-boot.uefi', () => {
  it('verifies each signature with the lists of the release', () => {
    const said = Object.fromEntries(
      casesOf('negative').map((name) => [name, inShort(run(releaseOf(`negative/${name}`)))]),
    )
    expect(said).toEqual({
      allowed: ['allowed E2 neutral medium'],
      db: [HOLDS],
      default: [HOLDS],
      sha384: [HOLDS],
      sha512: [HOLDS],
      shim: [HOLDS, HOLDS],
      two: [HOLDS, 'signature E4 neutral medium'],
      unified: [HOLDS],
    })
  })

  it('says what is against an image', () => {
    const said = Object.fromEntries(
      casesOf('positive').map((name) => [name, inShort(run(releaseOf(`positive/${name}`)))]),
    )
    expect(said).toEqual({
      'known-key': ['signature E4 neutral medium', 'known-key - against high'],
      revoked: ['signature E5 neutral medium', 'revoked - against high'],
      'revoked-body': ['signature E4 neutral medium'],
      'revoked-certificate': ['signature E4 neutral medium', 'revoked - against high'],
      sha1: [HOLDS, 'weak-digest - against medium'],
      tampered: ['signature EX against high'],
      unsigned: ['unsigned E0 against medium'],
    })
  })

  it('finds a revoked certificate that does not travel along by the digest of its body', () => {
    const pem = fixture('positive/revoked-body', 'db.crt').toString()
    const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
    const trustedDigests = [readCertificate(der).sha256]
    const store = artefactOf('db.store', fixture('negative/db', 'db.store'))
    const found = run([...releaseOf('positive/revoked-body'), store], { trustedDigests })
    expect(inShort(found)).toEqual(['signature E6 neutral medium', 'revoked - against high'])
  })

  it('holds nothing against what only looks like it', () => {
    const said = Object.fromEntries(
      casesOf('near-miss').map((name) => [name, inShort(run(releaseOf(`near-miss/${name}`)))]),
    )
    expect(said).toEqual({
      elsewhere: ['unsigned E0 neutral medium'],
      gap: [HOLDS, 'not-covered - neutral medium'],
      'no-key': ['signature E4 neutral medium'],
      'other-db': ['signature E4 neutral medium', 'signature E4 neutral medium'],
      windows: [],
    })
  })

  it('is lifted by what the user trusts: the certificate, its key, or one that issued it', () => {
    const signed = artefactOf('app.efi', fixture('near-miss/no-key', 'app.efi'))
    const pem = fixture('positive/revoked-body', 'db.crt').toString()
    const { sha256, spkiSha256, spki } = readCertificate(
      Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'),
    )
    for (const settings of [
      { trustedDigests: [sha256] },
      { trustedDigests: [spkiSha256] },
      { trusted: [{ name: 'db.pub', spki, sha256: spkiSha256 }] },
    ]) {
      expect(inShort(run([signed], settings))).toEqual(['signature E6 for high'])
      const leaf = artefactOf('app.efi', fixture('negative/default', 'app.efi'))
      if ('trusted' in settings) expect(inShort(run([leaf], settings))).toEqual(['signature E6 for high'])
    }
    const other = { trustedDigests: ['00'.repeat(32)] }
    expect(inShort(run([signed], other))).toEqual(['signature E4 neutral medium'])
  })

  it('refuses any changed byte but those of checksum, directory and padding', () => {
    const whole = fixture('negative/db', 'EFI__BOOT__BOOTX64.EFI')
    const store = artefactOf('db.store', fixture('negative/db', 'db.store'))
    const pe = parsePe(memoryBytes(whole), 0)
    const { checksumAt = 0, certificates } = pe ?? {}
    const levelWith = (at: number) => {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] as number) ^ 0x10
      return inShort(run([artefactOf('EFI__BOOT__BOOTX64.EFI', changed), store]))[0]?.split(' ')[1]
    }
    expect(levelWith(checksumAt)).toBe('E5')
    for (let at = 0x400; at < (certificates?.at ?? 0); at += 61) expect(levelWith(at), String(at)).toBe('EX')
    // The signature itself is the last that the structure has.
    for (let at = whole.length - 200; at < whole.length - 16; at += 13)
      expect(levelWith(at), String(at)).toBe('EX')
  })

  it('says that an image is cut off, or stripped of its signature', () => {
    const whole = fixture('negative/db', 'EFI__BOOT__BOOTX64.EFI')
    for (const cut of [1, 100, 1500, 2500]) {
      const said = inShort(run([artefactOf('EFI__BOOT__BOOTX64.EFI', whole.subarray(0, -cut))]))
      expect(said.join(), String(cut)).not.toMatch(/E[456X]/)
    }
    const stripped = Buffer.from(whole)
    const { certificateDirectoryAt = 0 } = parsePe(memoryBytes(whole), 0) ?? {}
    stripped.fill(0, certificateDirectoryAt, certificateDirectoryAt + 8)
    expect(inShort(run([artefactOf('EFI__BOOT__BOOTX64.EFI', stripped)]))).toEqual([
      'unsigned E0 against medium',
    ])
  })

  it('counts what lies in a firmware volume, and says what may cover it', () => {
    const driver = fixture('near-miss/elsewhere', 'usr__lib__driver.efi')
    const volume = ['a', 'b', 'c'].map((name) => ({
      ...artefactOf(`${name}/${name}.efi`, driver),
      root: 'flash.bin@0x0:uefi-volume',
    }))
    const found = run(volume)
    expect(inShort(found)).toEqual(['volume E0 neutral medium'])
    expect(found.evidence[0]?.observation).toMatchObject({ count: 3 })
  })

  it('names gaps, which no digest covers', () => {
    const content = fixture('near-miss/gap', 'app.efi')
    const pe = parsePe(memoryBytes(content), 0)
    if (!pe) throw new Error('no image')
    const ranges = signedRanges(pe, content.length) ?? []
    const gaps = uncovered(pe, ranges, content.length)
    expect(gaps).toEqual([{ offset: 0x600, length: 512 }])
    const changed = Buffer.from(content)
    changed.fill(0x55, 0x600, 0x800)
    const again = signedRanges(pe, changed.length) ?? []
    const digest = (bytes: Uint8Array) => digestsOf(memoryBytes(bytes), again, ['sha256'])
    expect(digest(changed)).toEqual(digest(content))
  })

  it('does not hash bytes over and over for sections that overlap', () => {
    const whole = fixture('negative/db', 'EFI__BOOT__BOOTX64.EFI')
    const changed = Buffer.from(whole)
    // The second section, behind the headers and the entry of the first: the same place and more bytes.
    const table = changed.readUInt32LE(60) + 24 + 240 + 40
    changed.writeUInt32LE(0x800, table + 16)
    changed.writeUInt32LE(0x400, table + 20)
    const pe = parsePe(memoryBytes(changed), 0)
    expect(pe && signedRanges(pe, changed.length)).toBeUndefined()
    expect(inShort(run([artefactOf('EFI__BOOT__BOOTX64.EFI', changed)]))).toEqual([
      'signature E3 neutral medium',
    ])
  })

  it('says that an initramfs beside a signed kernel is not covered, unless it has a signature of its own', () => {
    const content = fixture('negative/db', 'EFI__BOOT__BOOTX64.EFI')
    const store = artefactOf('db.store', fixture('negative/db', 'db.store'))
    const path = 'fw.bin@0x0:squashfs/boot/vmlinuz-6.1@0x0:kernel'
    const kernel = testArtefact('', content, { path, type: 'region', format: 'kernel' })
    const file = (name: string) => testArtefact(`boot/${name}`, 'x')
    const withFiles = (...names: readonly string[]) => run([kernel, store, ...names.map(file)])
    const beside = withFiles('initrd.img-6.1')
    expect(inShort(beside)).toEqual(['initramfs - against low', HOLDS])
    expect(linksOf(beside.facts)[0]?.data.gaps).toMatchObject([
      { stage: 'initramfs', name: 'initrd.img-6.1' },
    ])
    expect(inShort(withFiles('initrd.img-6.1', 'initrd.img-6.1.sig'))).toEqual([HOLDS])
    expect(inShort(run([kernel, store, testArtefact('usr/share/initramfs', 'x')]))).toEqual([HOLDS])
    const program = artefactOf('EFI__BOOT__BOOTX64.EFI', content)
    expect(inShort(run([program, store, testArtefact('EFI/BOOT/initrd.img', 'x')]))).toEqual([HOLDS])
  })

  it('gives links that do not contradict themselves', () => {
    for (const kind of ['positive', 'negative', 'near-miss'])
      for (const name of casesOf(kind)) {
        const { facts } = run(releaseOf(`${kind}/${name}`))
        expect(linksOf(facts).flatMap(linkFaults), name).toEqual([])
      }
    expect(linksInShort(run(releaseOf('negative/shim')).facts)).toEqual([
      'authenticode E5: bootloader(grubx64.efi) < fw.bin@0x0:squashfs/shim.efi; unknown',
      'authenticode E5: bootloader-first(shim.efi) < db.store@0x0:uefi-variables; unknown',
    ])
    expect(linksInShort(run(releaseOf('positive/unsigned')).facts)).toEqual([
      'authenticode E0: bootloader(BOOTX64.EFI) < no key; unknown',
    ])
  })

  it('gives an answer for any bytes', () => {
    const whole = fixture('negative/db', 'EFI__BOOT__BOOTX64.EFI')
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 64 }), (at, bytes) => {
        const changed = Buffer.from(whole)
        changed.set(bytes.subarray(0, whole.length - at), at)
        run([artefactOf('EFI__BOOT__BOOTX64.EFI', changed)])
      }),
      { numRuns: 60 },
    )
  })
})

const hasPesign = ['/usr/bin/pesign', '/usr/local/bin/pesign'].some((path) => existsSync(path))

describe('against pesign', () => {
  it.skipIf(!hasPesign)('computes the same digests (pesign)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'uefi-'))
    try {
      for (const name of ['db', 'two', 'unified']) {
        const file = readdirSync(new URL(`./fixtures/negative/${name}/`, import.meta.url)).find((one) =>
          /\.efi$/i.test(one),
        )
        const content = fixture(`negative/${name}`, file as string)
        writeFileSync(join(folder, 'app.efi'), content)
        const theirs = execFileSync('pesign', ['-h', '-i', join(folder, 'app.efi')], { encoding: 'utf8' })
        const bytes = memoryBytes(content)
        const pe = parsePe(bytes, 0)
        const ranges = pe && signedRanges(pe, bytes.size)
        expect(theirs).toContain(ranges && digestsOf(bytes, ranges, ['sha256']).sha256)
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
