import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TamperSet } from '@messlatte/model'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, describe, expect, it } from 'vitest'
import { messlatte, ROOT } from './cli.ts'

const FIXTURES = join(ROOT, 'packages/inspect/src/update')
const RAUC = join(FIXTURES, 'rauc/fixtures/negative/verity')
const SWU = join(FIXTURES, 'swu/fixtures/negative/cms')
const schema = readFileSync(join(ROOT, 'packages/exchange/schema/tamper-1.schema.json'), 'utf8')
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(JSON.parse(schema))
const scratch = mkdtempSync(join(tmpdir(), 'messlatte-tamper-'))
afterAll(() => rmSync(scratch, { recursive: true }))
let count = 0
const fresh = () => join(scratch, `set-${++count}`)

function tamper(file: string, ...args: readonly string[]) {
  const folder = fresh()
  const { code, out, err } = messlatte(['tamper', file, '-o', folder, '--quiet', '--json', '-', ...args])
  expect(err).toBe('')
  const set = JSON.parse(out)
  validate(set)
  expect(validate.errors ?? []).toEqual([])
  return { code, folder, set: set as TamperSet }
}

const has = (program: string) => spawnSync(program, ['--version']).error === undefined
const letThrough = ({ verifier }: TamperSet) =>
  verifier?.letThrough.map((one) => one.replace(/^\d+-|\.\w+$/g, ''))

/** A verifier that takes what has these words in it: `node -e` stands for the maker's program. */
const SAYS = `process.exit(require('fs').readFileSync(process.argv[1]).includes(process.argv[2]) ? 0 : 1)`

describe('messlatte tamper', () => {
  it('writes what it says it writes, and looks at it', () => {
    const { code, folder, set } = tamper(join(SWU, 'a.swu'), '--trust', join(SWU, 'update.pem'))
    expect(code).toBe(0)
    expect(set.original.seen?.sight).toBe('verified')
    expect(readdirSync(folder).sort()).toEqual(
      ['README.md', 'manifest.json', ...set.files.map(({ file }) => file)].sort(),
    )
    expect(set.files.filter(({ answer, seen }) => answer === 'refuse' && seen?.sight === 'verified')).toEqual(
      [],
    )
    expect(set.files.filter(({ kind }) => kind === 'truncated').map(({ seen }) => seen?.sight)).toEqual([
      'damaged',
      'damaged',
    ])
    const original = readFileSync(join(SWU, 'a.swu'))
    for (const { file, size, changes, changesInAll } of set.files) {
      const written = readFileSync(join(folder, file))
      expect(written.length).toBe(size)
      expect(changes.length).toBe(changesInAll)
      for (const { offset, newOffset, old, new: added } of changes) {
        expect(original.toString('hex', offset, offset + old.length / 2)).toBe(old)
        expect(written.toString('hex', newOffset, newOffset + added.length / 2)).toBe(added)
      }
    }
    const readme = readFileSync(join(folder, 'README.md'), 'utf8')
    for (const { file } of set.files) expect(readme).toContain(`## ${file}`)
    expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).toEqual(set)
  }, 300_000)

  it('speaks German', () => {
    const { folder } = tamper(join(SWU, 'a.swu'), '--lang', 'de', '--only', 'foreign-key', '--no-look')
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain('Wegwerfschlüssel')
  })

  it('writes into a new or empty folder only', () => {
    const folder = fresh()
    mkdirSync(folder)
    writeFileSync(join(folder, 'mine'), '')
    const { code, err } = messlatte(['tamper', join(SWU, 'a.swu'), '-o', folder])
    expect([code, err]).toEqual([
      2,
      `messlatte: ${folder}: is not empty; name a folder that is new or empty\n`,
    ])
    expect(readdirSync(folder)).toEqual(['mine'])
  })

  it('leaves nothing behind where nothing was written', () => {
    const folder = fresh()
    expect(messlatte(['tamper', join(SWU, 'a.swu'), '-o', folder, '--only', 'nothing']).code).toBe(2)
    expect(messlatte(['tamper', join(SWU, 'none.swu'), '-o', folder]).err).toContain('no such file')
    const mine = fresh()
    mkdirSync(mine)
    expect(messlatte(['tamper', join(SWU, 'a.swu'), '-o', mine, '--most', '10k']).code).toBe(2)
    expect([existsSync(folder), existsSync(mine)]).toEqual([false, true])
  })

  it('reads the file within the limits of a check', () => {
    const { code, err } = messlatte(['tamper', join(SWU, 'a.swu'), '-o', fresh(), '--limit-bytes', '20k'])
    expect([code, err]).toEqual([2, expect.stringContaining('raise --limit-bytes')])
  })

  it('lists without writing, and takes what was chosen', () => {
    const { code, out } = messlatte(['tamper', join(SWU, 'a.swu'), '--list', '--json', '-'])
    expect(code).toBe(0)
    const all = JSON.parse(out) as TamperSet
    const { set } = tamper(join(SWU, 'a.swu'), '--only', 'older-version', '--only', '1', '--no-look')
    expect(set.files.map(({ what }) => what)).toEqual(['flip-sw-description', 'older-version'])
    expect(all.files.length).toBeGreaterThan(set.files.length)
    expect(messlatte(['tamper', join(SWU, 'a.swu'), '--list', '--only', 'nothing']).code).toBe(2)
    expect(messlatte(['tamper', join(SWU, 'a.swu'), '-o', fresh(), '--most', '10k']).err).toContain('--most')
    expect(messlatte(['tamper', join(SWU, 'a.swu')]).err).toContain('-o DIR')
  })

  it('flips a bit in each stretch of what it does not know', () => {
    const file = join(scratch, 'unknown.dat')
    writeFileSync(file, Buffer.from('nothing that anybody knows'))
    const { set, code } = tamper(file)
    expect(code).toBe(0)
    expect([set.format, set.signed]).toEqual(['unknown', 'unknown'])
    expect(set.files.map(({ what }) => what)).toEqual([
      'flip-unknown-at-0',
      'truncated-half',
      'truncated-end',
    ])
    expect(set.limits).toHaveLength(1)
  })

  it('tells what a verifier lets through, in its exit code as well', () => {
    const run = (...words: readonly string[]) =>
      tamper(
        join(SWU, 'a.swu'),
        '--no-look',
        '--only',
        'flip',
        '--verify-with',
        process.execPath,
        '-e',
        SAYS,
        ...words,
      )
    const lax = run('{}', '')
    expect(lax.code).toBe(1)
    expect(lax.set.verifier?.refusedGood).toBe(false)
    expect(lax.set.verifier?.letThrough).toHaveLength(lax.set.files.length)
    const closed = run('{}', 'never in it')
    expect([closed.code, closed.set.verifier?.refusedGood]).toEqual([1, true])
    expect(closed.set.verifier?.letThrough).toEqual([])
  })

  it('gives a verifier its path last where no place is named, and options of our own names', () => {
    const script = 'console.log(JSON.stringify(process.argv.slice(1)))'
    const { set, folder } = tamper(
      join(SWU, 'a.swu'),
      ...[
        '--no-look',
        '--only',
        '1',
        '--verify-with',
        process.execPath,
        '-e',
        script,
        'x',
        '--',
        '-o',
        '--list',
        '--version',
        '-h',
      ],
    )
    const [, forged] = set.verifier?.trials ?? []
    expect(JSON.parse(forged?.said ?? '')).toEqual([
      ...['x', '--', '-o', '--list', '--version', '-h'],
      join(folder, set.files[0]?.file ?? ''),
    ])
  })

  it('does not wait for ever, and takes a crash for no answer', () => {
    const stuck = tamper(
      join(SWU, 'a.swu'),
      ...[
        '--no-look',
        '--only',
        '1',
        '--timeout',
        '1',
        '--verify-with',
        process.execPath,
        '-e',
        'setInterval(Date, 9)',
      ],
    )
    expect(stuck.set.verifier?.trials.map(({ outcome }) => outcome)).toEqual(['failed', 'failed'])
    expect(stuck.code).toBe(1)
    const missing = messlatte([
      'tamper',
      join(SWU, 'a.swu'),
      '-o',
      fresh(),
      '--no-look',
      '--verify-with',
      '/no/such/program',
    ])
    expect([missing.code, missing.err.includes('cannot be run')]).toEqual([2, true])
  })

  it('signs other versions and hardware with the key of the maker, and nothing of that key is written', () => {
    const key = join(FIXTURES, 'swu/fixtures/positive/leaked/key.pem')
    const swu = join(FIXTURES, 'swu/fixtures/positive/leaked')
    const { set, folder } = tamper(
      join(swu, 'a.swu'),
      '--signing-key',
      key,
      '--trust',
      join(swu, 'update.pem'),
    )
    const sights = set.files.filter(({ kind }) => kind === 'older-version' || kind === 'other-hardware')
    expect(sights.map(({ seen }) => seen?.sight)).toEqual(['verified', 'verified'])
    const secret = readFileSync(key, 'utf8').split('\n')[2] ?? ''
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name), 'latin1')).not.toContain(secret)
  })
})

describe.skipIf(!has('rauc'))('with rauc as the verifier (skipped where rauc is not installed)', () => {
  const info = (kind: string) => [
    '--no-look',
    '--verify-with',
    ...['rauc', 'info', `--keyring=${join(FIXTURES, `rauc/fixtures/negative/${kind}/update.pem`)}`],
  ]

  it('shows that `rauc info` does not read the payload of a verity bundle', () => {
    const { code, set } = tamper(join(RAUC, 'a.raucb'), ...info('verity'))
    expect(set.verifier?.refusedGood).toBe(false)
    expect(letThrough(set)).toEqual([
      'flip-superblock',
      'flip-payload',
      'flip-hash-tree',
      'corrected-digests-tree',
    ])
    expect(code).toBe(1)
  })

  it('shows that it reads all of a plain one', () => {
    const { code, set } = tamper(join(FIXTURES, 'rauc/fixtures/negative/plain/a.raucb'), ...info('plain'))
    expect(letThrough(set)).toEqual([])
    expect(code).toBe(0)
  })
})

/** Its exit code is 1 at times though it says that all went well (2022.12, on a busy machine): its words are taken. */
const swupdate = (...words: readonly string[]) => [
  '--no-look',
  '--taken-if',
  'SWUPDATE successful',
  '--verify-with',
  ...['swupdate', '-n', '-H', 'board:board-1', ...words, '-i', '{}'],
]

describe.skipIf(!has('swupdate'))(
  'with swupdate as the verifier (skipped where swupdate is not installed)',
  () => {
    it('shows that an image with digests of all its files is safe with it', () => {
      const { code, set } = tamper(join(SWU, 'a.swu'), ...swupdate('-k', join(SWU, 'update.pem')))
      expect(set.verifier?.refusedGood).toBe(false)
      expect(letThrough(set)).toEqual([])
      expect(code).toBe(0)
    })

    it.skipIf(!has('openssl') || !has('cpio'))(
      'shows that it takes an older version unless it is told a least one',
      () => {
        const folder = madeBySigner()
        const [file, key, certificate] = ['a.swu', 'key.pem', 'certificate.pem'].map((name) =>
          join(folder, name),
        ) as [string, string, string]
        const others = ['--signing-key', key, '--only', 'older-version', '--only', 'other-hardware']
        const free = tamper(file, ...others, ...swupdate('-k', certificate))
        expect(letThrough(free.set)).toEqual(['older-version'])
        const bound = tamper(file, ...others, ...swupdate('-k', certificate, '-N', '1.0.0'))
        expect(letThrough(bound.set)).toEqual([])
      },
    )
  },
)

/** An image with a CMS signature, of a signer whose key is at hand: the commands are those of SWUpdate's documentation. */
function madeBySigner(): string {
  const folder = fresh()
  mkdirSync(folder)
  const run = (program: string, args: readonly string[], input = '') => {
    const { status, stderr } = spawnSync(program, args, { cwd: folder, input })
    if (status !== 0) throw new Error(`${program}: ${stderr}`)
  }
  const image = Buffer.alloc(3000, 'R')
  writeFileSync(join(folder, 'rootfs.img'), image)
  const digest = createHash('sha256').update(image).digest('hex')
  const file = `filename = "rootfs.img"; device = "/dev/mmcblk0p2"; sha256 = "${digest}";`
  writeFileSync(
    join(folder, 'sw-description'),
    `software = { version = "1.2.3"; hardware-compatibility: [ "board-1" ]; images: ( { ${file} } ); }\n`,
  )
  const use = ['-addext', 'extendedKeyUsage=emailProtection', '-addext', 'keyUsage=digitalSignature']
  const made = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem', '-out', 'certificate.pem']
  run('openssl', ['req', '-x509', ...made, '-subj', '/CN=maker', ...use])
  const signed = [
    '-in',
    'sw-description',
    '-out',
    'sw-description.sig',
    '-outform',
    'DER',
    '-nosmimecap',
    '-binary',
  ]
  run('openssl', ['cms', '-sign', ...signed, '-signer', 'certificate.pem', '-inkey', 'key.pem'])
  run('cpio', ['-o', '-H', 'crc', '-F', 'a.swu'], 'sw-description\nsw-description.sig\nrootfs.img\n')
  return folder
}
