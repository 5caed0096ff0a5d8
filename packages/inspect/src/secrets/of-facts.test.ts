import { describe, expect, it } from 'vitest'
import type { Artefact, Settings } from '../contract.ts'
import { CREDENTIALS_CHECKS } from '../credentials/index.ts'
import { factsView } from '../engine/reduce.ts'
import { bootCheck } from '../services/boot/index.ts'
import { runChecks, testArtefact } from '../testing.ts'
import { secretsOf, withoutOffsets } from './of-facts.ts'
import type { ReleaseSecret } from './secret.ts'

const SETTINGS: Settings = {
  trusted: [],
  trustedDigests: [],
  readouts: [],
  guesses: 100_000,
  productWords: [],
}
const KEY = '11'.repeat(32)
/** `openssl passwd -1 -salt aaaaaaaa admin`, and so on; the last three are of two passwords that no list has. */
const MD5_ADMIN = '$1$aaaaaaaa$p8R4H9EKN5v2DUnPv6lEz0'
const SHA512_ADMIN =
  '$6$bbbbbbbb$swEXniZ1rYxSG61vQPgDxgO0KTsfEyZTnLVWNpcmYAu1xwvTzk5aEx.VttH0OssfyWU4G7LnFvh9V8jIKmJkr.'
const MD5_ONE = '$1$cccccccc$0gGwQ2QG9MzG4y7q1IZIu1'
const MD5_OTHER = '$1$cccccccc$ql6gnVoY8REYSDbbtbt1i/'
const MD5_RESALTED = '$1$dddddddd$Jjslif2HzqJYM4Ft1rlWB0'

function secrets(artefacts: readonly Artefact[], keyHex = KEY, values = false): readonly ReleaseSecret[] {
  const { facts } = runChecks([...CREDENTIALS_CHECKS, bootCheck], artefacts)
  return secretsOf(factsView(facts), { keyHex, values }, SETTINGS)
}

function shadow(field: string, root = 'a.bin@0x0:squashfs'): Artefact {
  return testArtefact('etc/shadow', `root:${field}:19000:0:99999:7:::\n`, { root })
}

const only = (all: readonly ReleaseSecret[]): ReleaseSecret => {
  expect(all).toHaveLength(1)
  return all[0] as ReleaseSecret
}

describe('secretsOf', () => {
  it('tells equal passwords behind different salts and kinds, and in the clear', () => {
    const md5 = only(secrets([shadow(MD5_ADMIN)]))
    const sha512 = only(secrets([shadow(SHA512_ADMIN)]))
    const [clear] = secrets([testArtefact('etc/lighttpd/lighttpd.user', 'admin:admin\n')])
    expect(md5).toMatchObject({ form: 'guessed', known: true, opens: 'device', name: 'root' })
    expect(sha512.digest).toBe(md5.digest)
    expect(clear?.digest).toBe(md5.digest)
  })

  it('tells whether hashes of unknown passwords can be compared: only under one salt', () => {
    const [one, other, resalted] = [MD5_ONE, MD5_OTHER, MD5_RESALTED].map((field) =>
      only(secrets([shadow(field)])),
    )
    expect(one).toMatchObject({ form: 'hashed', exhausted: true })
    expect(one?.digest).not.toBe(other?.digest)
    expect(one?.salt).toBe(other?.salt)
    expect(one?.salt).not.toBe(resalted?.salt)
  })

  it('gives no value unless it is asked for, and no digest that holds without the key', () => {
    const told = JSON.stringify(secrets([shadow(MD5_ADMIN)]))
    expect(told).not.toContain('"admin"')
    const [mine, yours] = [KEY, '22'.repeat(32)].map((key) => only(secrets([shadow(MD5_ADMIN)], key)))
    expect(mine?.digest).not.toBe(yours?.digest)
    expect(only(secrets([shadow(MD5_ADMIN)], KEY, true)).value).toBe('admin')
  })

  it('puts the same place of two releases into one slot, wherever the file system lies', () => {
    const [here, there] = ['unit-a.bin@0x40:squashfs', 'unit-b.bin@0x20000:squashfs'].map((root) =>
      only(secrets([shadow(MD5_ADMIN, root)])),
    )
    expect(here?.slot).toBe(there?.slot)
  })

  it('leaves out accounts that are locked and values that are examples', () => {
    expect(secrets([shadow('*')])).toEqual([])
    expect(
      secrets([testArtefact('usr/share/doc/x/examples/lighttpd.user', 'admin:$1$aaaaaaaa$x\n')]),
    ).toEqual([])
  })
})

describe('withoutOffsets', () => {
  it.each([
    ['a.bin@0x40:squashfs/etc/shadow', ':squashfs/etc/shadow'],
    ['unit/mtd5.bin@0x0:jffs2/wpa.conf', '/mtd5.bin:jffs2/wpa.conf'],
    ['rootfs/etc/shadow', '/etc/shadow'],
    ['user@home.bin@0x40:ubi/root@0x0:ubifs/x', ':ubi/root:ubifs/x'],
    ['a.bin', ''],
  ])('%s', (path, slot) => expect(withoutOffsets(path)).toBe(slot))
})
