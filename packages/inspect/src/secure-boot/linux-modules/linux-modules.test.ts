import { readdirSync } from 'node:fs'
import { pemBlocks, readCertificate } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testArtefact } from '../../testing.ts'
import { linkFaults, linksInShort, linksOf } from '../chain/testing.ts'
import { artefactOf, fixture, inShort, KERNEL, releaseOf, run } from './testing.ts'

function casesOf(kind: string): readonly string[] {
  return readdirSync(new URL(`./fixtures/${kind}/`, import.meta.url)).sort()
}

function allOf(kind: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(casesOf(kind).map((name) => [name, inShort(run(releaseOf(`${kind}/${name}`)))]))
}

describe('secure-boot.linux-modules', () => {
  it('verifies modules with the certificates of the kernel, one line for all that come to the same', () => {
    expect(allOf('negative')).toEqual({
      beside: ['signature E4 neutral medium 1'],
      kernel: ['signature E5 for medium 1', 'signature E5 for medium 1', 'signature E5 for medium 1'],
    })
    const module = fixture('negative/kernel', 'a.ko')
    const many = ['x.ko', 'y.ko', 'z.ko'].map((name) => artefactOf(name, module))
    const kernel = artefactOf('kernel.bin', fixture('negative/kernel', 'kernel.bin'))
    expect(inShort(run([...many, kernel]))).toEqual(['signature E5 for medium 3'])
  })

  it('says what is against modules', () => {
    expect(allOf('positive')).toEqual({
      broken: ['signature EX against high 1'],
      'known-key': ['signature E5 neutral medium 1', 'key - against high 1'],
      tampered: ['signature EX against high 1'],
      unsigned: ['unsigned E0 against low 2'],
    })
  })

  it('holds nothing against what it cannot tell', () => {
    expect(allOf('near-miss')).toEqual({
      'no-certificate': ['signature E3 neutral medium 1'],
      'other-key': ['signature E3 neutral medium 1'],
      'with-config': ['unsigned E0 neutral medium 1', 'signature E5 for high 1'],
    })
  })

  it('is lifted by what the user trusts', () => {
    const [der] = pemBlocks(fixture('negative/beside', 'signer.pem'), 'CERTIFICATE')
    const { sha256, spki, spkiSha256 } = readCertificate(der as Uint8Array)
    const module = artefactOf('a.ko', fixture('near-miss/no-certificate', 'a.ko'))
    const trusted = [{ name: 'signer.pub', spki, sha256: spkiSha256 }]
    expect(inShort(run([module], { trusted }))).toEqual(['signature E6 for high 1'])
    expect(inShort(run(releaseOf('negative/beside'), { trustedDigests: [sha256] }))).toEqual([
      'signature E6 for high 1',
    ])
    expect(inShort(run([module], { trustedDigests: ['00'.repeat(32)] }))).toEqual([
      'signature E3 neutral medium 1',
    ])
  })

  it('tells a changed module from another key where the user trusts a certificate', () => {
    const [der] = pemBlocks(fixture('negative/beside', 'signer.pem'), 'CERTIFICATE')
    const { spki, spkiSha256 } = readCertificate(der as Uint8Array)
    const changed = Buffer.from(fixture('near-miss/no-certificate', 'a.ko'))
    changed[100] = (changed[100] as number) ^ 1
    const module = artefactOf('a.ko', changed)
    const key = { name: 'signer', spki, sha256: spkiSha256 }
    expect(inShort(run([module], { trusted: [key] }))).toEqual(['signature E3 neutral medium 1'])
    const [said] = inShort(run([module], { trusted: [{ ...key, certificate: der as Uint8Array }] }))
    expect(said).toMatch(/^signature EX against/)
  })

  it('refuses every changed byte before the signature', () => {
    const kernel = artefactOf('kernel.bin', fixture('negative/kernel', 'kernel.bin'))
    const whole = fixture('negative/kernel', 'a.ko')
    const levelWith = (at: number) => {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] as number) ^ 0x20
      return inShort(run([artefactOf('a.ko', changed), kernel]))[0]?.split(' ')[1]
    }
    for (let at = 0x40; at < whole.length - 500; at += 37) expect(levelWith(at), String(at)).toBe('EX')
    for (let at = whole.length - 250; at < whole.length - 42; at += 23)
      expect(levelWith(at), String(at)).toBe('EX')
  })

  it('tells stripped and cut modules as what they are', () => {
    const whole = fixture('negative/kernel', 'a.ko')
    expect(inShort(run([artefactOf('a.ko', whole.subarray(0, -28))]))).toEqual(['unsigned E0 against low 1'])
    const cut = Buffer.concat([whole.subarray(0, 200), whole.subarray(-30)])
    expect(inShort(run([artefactOf('a.ko', cut)]))[0]).toContain('EX')
  })

  it('finds certificates in kernels only, and not in what an initramfs brings', () => {
    const module = artefactOf('a.ko', fixture('negative/kernel', 'a.ko'))
    const content = fixture('negative/kernel', 'kernel.bin')
    const at = (path: string) => testArtefact('x', content, { path })
    expect(inShort(run([module, at(KERNEL)]))[0]).toContain('E5')
    for (const path of ['usr/bin/tool', `${KERNEL}@0x0:cpio/x`, 'boot/vmlinuz@0x0:kernel/certificates'])
      expect(inShort(run([module, at(path)]))[0], path).toContain('E3')
  })

  it('calls a compressed module like its archive', () => {
    const path = 'fw.bin@0x0:squashfs/lib/modules/6.1.0/a.ko.xz@0x0:xz/content'
    const root = 'fw.bin@0x0:squashfs/lib/modules/6.1.0/a.ko.xz@0x0:xz'
    const more = { path, root } as const
    const { evidence } = run([testArtefact('content', fixture('positive/unsigned', 'a.ko'), more)])
    expect(evidence[0]?.observation).toMatchObject({ system: 'fw.bin@0x0:squashfs', some: ['a.ko'] })
  })

  it('says nothing of other files that are to be linked, and of programs called a module', () => {
    const module = fixture('negative/kernel', 'a.ko')
    const program = Buffer.from(module)
    program.writeUInt16LE(2, 16)
    const object = testArtefact('usr/lib/crt1.o', module, { format: 'elf' })
    expect(
      run([object, artefactOf('b.ko', program), artefactOf('c.ko', Buffer.alloc(100))]).evidence,
    ).toEqual([])
  })

  it('gives links that do not contradict themselves', () => {
    for (const kind of ['positive', 'negative', 'near-miss'])
      for (const name of casesOf(kind)) {
        const { facts } = run(releaseOf(`${kind}/${name}`))
        expect(linksOf(facts).flatMap(linkFaults), name).toEqual([])
      }
    expect(linksInShort(run(releaseOf('near-miss/with-config')).facts)).toEqual([
      `linux-module E5: modules(b.ko) < ${KERNEL}; release`,
    ])
  })

  it('gives an answer for any end of a file', () => {
    const whole = fixture('negative/kernel', 'a.ko')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (bytes, marked) => {
        const end = marked ? Buffer.concat([bytes, whole.subarray(-28)]) : bytes
        run([artefactOf('a.ko', Buffer.concat([whole.subarray(0, 300), end]))])
      }),
    )
  })
})
