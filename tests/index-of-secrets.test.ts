import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { messlatte, ROOT } from './cli.ts'

const RELEASES = join(ROOT, 'packages/inspect/src/releases/fixtures/rauc')
const release = (name: string) => join(RELEASES, `${name}.raucb`)
const folder = mkdtempSync(join(tmpdir(), 'messlatte-index-'))
afterAll(() => rmSync(folder, { recursive: true }))

let data = ''
let env: NodeJS.ProcessEnv = {}
beforeEach(() => {
  data = mkdtempSync(join(folder, 'data-'))
  env = { XDG_DATA_HOME: data }
})
const file = (name: string) => join(data, 'messlatte', `secrets.${name}`)

function run(...args: readonly string[]): string {
  const { code, out, err } = messlatte(args, env)
  expect([code, err]).toEqual([0, ''])
  return out
}

function refused(...args: readonly string[]): string {
  const { code, out, err } = messlatte(args, env)
  expect([code, out]).toEqual([2, ''])
  expect(err).not.toContain('    at ')
  return err
}

interface Found {
  readonly kind: string
  readonly title: string
  readonly polarity: string
  readonly overturnedBy?: string
  readonly observation: { readonly products: readonly string[] }
}

function shared(name: string, ...args: readonly string[]): readonly Found[] {
  const out = run('check', '--fail-on', 'never', '--json', '-', '--index', ...args, release(name))
  return (JSON.parse(out).evidence as readonly Found[]).filter(({ kind }) => kind.startsWith('products.'))
}

describe('one secret in two products', () => {
  it('is a finding against both, which names the other one', () => {
    run('index', 'add', '--quiet', '--name', 'Camera 1', release('old'))
    const found = shared('worse', '--model', 'Camera 2')
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({
      kind: 'products.parameter.shared',
      polarity: 'against',
      observation: { products: ['Camera 1'] },
    })
    expect(found[0]?.overturnedBy).toMatch(/\S/)
    // The password is another one, under the same salt; with the release of the same password there is one more.
    expect(
      shared('board', '--model', 'Camera 2')
        .map(({ kind }) => kind)
        .toSorted(),
    ).toEqual(['products.parameter.shared', 'products.password.shared'])
  })

  it('is none under its own name, in the same files, without secrets, or without --index', () => {
    run('index', 'add', '--quiet', '--name', 'Camera 1', release('old'))
    expect(shared('worse', '--model', 'CAMERA 1')).toEqual([])
    expect(shared('old', '--model', 'Camera 2')).toEqual([])
    expect(shared('good', '--model', 'Camera 2')).toEqual([])
    expect(run('check', '--fail-on', 'never', '--json', '-', release('worse'))).not.toContain(
      'products.parameter',
    )
  })

  it('is none when usual passwords or public keys are all that is shared', () => {
    run(
      'index',
      'add',
      '--quiet',
      '--name',
      'Router',
      join(ROOT, 'examples/router-as-found/router-as-found.bin'),
    )
    const kept = JSON.parse(readFileSync(file('json'), 'utf8')).releases[0].secrets
    expect(kept.map(({ kind }: { kind: string }) => kind)).toEqual(['private-key'])
  })
})

describe('what lies on the disk', () => {
  it('is readable by its owner alone, and holds no secret and no plain digest of one', () => {
    run('index', 'add', '--quiet', '--name', 'Camera 1', release('old'))
    const text = readFileSync(file('json'), 'utf8')
    const { evidence } = JSON.parse(run('check', '--fail-on', 'never', '--json', '-', release('old')))
    const key = evidence.find(({ kind }: Found) => kind === 'key.private')
    expect(key.observation.spkiSha256).toMatch(/^[0-9a-f]{64}$/)
    for (const secret of ['q8Wx-unlisted-51', '$1$saltsalt$', 'PRIVATE KEY', key.observation.spkiSha256])
      expect(text).not.toContain(secret)
    if (process.platform !== 'win32')
      for (const name of ['json', 'key']) expect(statSync(file(name)).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(data, 'messlatte')).toSorted()).toEqual(['secrets.json', 'secrets.key'])
  })

  it('has other fingerprints under another key', () => {
    const fingerprints = () => {
      run('index', 'add', '--quiet', release('old'))
      const [first] = JSON.parse(readFileSync(file('json'), 'utf8')).releases[0].secrets
      return first.fingerprint
    }
    const first = fingerprints()
    run('index', 'forget', '--yes')
    expect(existsSync(file('key'))).toBe(false)
    expect(fingerprints()).not.toBe(first)
  })

  it('keeps the same files once, lists them, and lets them go', () => {
    run('index', 'add', '--quiet', release('old'), release('board'))
    run('index', 'add', '--quiet', release('old'))
    const { releases } = JSON.parse(run('index', 'list', '--json'))
    expect(releases.map(({ product }: { product: string }) => product)).toEqual(
      ['board.raucb', 'old.raucb'].toReversed(),
    )
    expect(run('index', 'list')).not.toMatch(/[0-9a-f]{64}/)
    run('index', 'remove', 'old.raucb')
    run('index', 'remove', releases[1].images[0].sha256)
    expect(run('index', 'list', '--lang', 'de')).toContain('enthält nichts')
  })

  it('loses nothing to runs at the same time', async () => {
    const names = ['old', 'good', 'rotated', 'board']
    const runs = names.map(
      (name) =>
        new Promise<number | null>((resolve) => {
          const args = [join(ROOT, 'dist/messlatte.mjs'), 'index', 'add', '--quiet', release(name)]
          spawn(process.execPath, args, { env: { PATH: process.env.PATH, ...env } }).on('exit', resolve)
        }),
    )
    expect(await Promise.all(runs)).toEqual([0, 0, 0, 0])
    const { releases } = JSON.parse(run('index', 'list', '--json'))
    expect(releases.map(({ product }: { product: string }) => product).toSorted()).toEqual(
      names.map((name) => `${name}.raucb`).toSorted(),
    )
  })
})

describe('what somebody else wrote there', () => {
  beforeEach(() => {
    run('index', 'add', '--quiet', '--name', 'Camera 1', release('old'))
  })

  it.each([
    ['cut off', (text: string) => text.slice(0, 100), 'not JSON'],
    [
      'of a later version',
      (text: string) => text.replace('secret-index:1', 'secret-index:2'),
      'another version',
    ],
    [
      'with a fingerprint that is none',
      (text: string) => text.replace(/"fingerprint":"\w+"/, '"fingerprint":"x"'),
      'fingerprint',
    ],
    ['under another key', (text: string) => text.replace(/"keyId":"\w+"/, '"keyId":"0"'), 'another key'],
  ])('is refused when it is %s', (_, change, message) => {
    writeFileSync(file('json'), change(readFileSync(file('json'), 'utf8')))
    expect(refused('index', 'list')).toContain(message)
    expect(refused('check', '--index', release('worse'))).toContain(message)
  })

  it('is refused without its key, with a damaged one, and with one that others may read', () => {
    chmodSync(file('key'), 0o644)
    if (process.platform !== 'win32') expect(refused('index', 'list')).toContain('chmod 600')
    chmodSync(file('key'), 0o600)
    writeFileSync(file('key'), 'x\n')
    expect(refused('index', 'list')).toContain('is not a key')
    rmSync(file('key'))
    expect(refused('index', 'add', release('board'))).toContain('is missing')
  })

  it('steers no terminal', () => {
    run('index', 'add', '--quiet', '--name', '\u001b[2Jx', release('board'))
    expect(run('index', 'list')).not.toContain('\u001b')
  })
})

describe('used wrongly', () => {
  it('says what to do', () => {
    expect(refused('check', '--index', release('old'))).toContain('messlatte index add')
    expect(refused('index', 'forget')).toContain('--yes')
    expect(refused('index', 'remove', 'nothing')).toContain('messlatte index list')
    expect(refused('index', 'add', '--name', ' ', release('old'))).toContain('--name')
    expect(refused('index', 'add', join(folder, 'nowhere.bin'))).toContain('no such file')
    expect(refused('index', 'add')).toContain('missing required argument')
  })
})
