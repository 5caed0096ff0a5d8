import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkJson, messlatte, type ResultJson, ROOT } from './cli.ts'

interface Statement {
  readonly kind: string
  readonly path: string
  readonly image?: string
  readonly offset?: number
  readonly level?: string
  readonly user?: string
  readonly users?: readonly string[]
  readonly clients?: readonly string[]
  readonly spkiSha256?: string
  readonly line?: number
  readonly why?: string
}

interface Truth {
  readonly directory: string
  readonly images: readonly { readonly name: string; readonly size: number; readonly sha256: string }[]
  readonly must_report: readonly Statement[]
  readonly must_not_report: readonly Statement[]
}

const TRUTH = (
  JSON.parse(readFileSync(join(ROOT, 'examples/truth.json'), 'utf8')) as { releases: Record<string, Truth> }
).releases

/** Where the root file system of each example lies, as a nest path. */
const ROOTS: Readonly<Record<string, string>> = {
  'router-as-found': 'router-as-found/router-as-found.bin@0x10000:squashfs',
  'router-done-right': 'router-done-right/router-done-right.itb@0x0:fit/images/ramdisk-1@0x0:squashfs',
  'sensor-with-verity': 'sensor-with-verity/system.img@0x0:squashfs',
}

type Evidence = ResultJson['evidence'][number]

/** Evidence that fits a statement: its kind, its place, and what it names. Paths of files without one are the image's. */
function fitting(name: string, result: ResultJson, statement: Statement): readonly Evidence[] {
  const place =
    statement.path === '' ? `${name}/${statement.image ?? ''}` : `${ROOTS[name]}/${statement.path}`
  return result.evidence.filter((evidence) => {
    const kind = statement.kind.endsWith('*')
      ? evidence.kind.startsWith(statement.kind.slice(0, -1))
      : evidence.kind === statement.kind
    const where = statement.path === '' ? evidence.path.startsWith(place) : evidence.path === place
    const told = JSON.stringify(evidence.observation)
    return kind && where && (statement.user === undefined || told.includes(`"${statement.user}"`))
  })
}

for (const [name, truth] of Object.entries(TRUTH)) {
  describe(`the example ${name}`, () => {
    const result = checkJson([join(ROOT, 'examples', truth.directory)])

    it('is named by the digests of its files', () => {
      const images = truth.images.map((image) => ({ ...image, name: `${name}/${image.name}` }))
      expect(result.images).toEqual(images)
    })

    it.each(
      truth.must_report.map(
        (statement) => [`${statement.kind} ${statement.user ?? statement.path}`, statement] as const,
      ),
    )('says %s', (_, statement) => {
      const found = fitting(name, result, statement)
      expect(found.length, JSON.stringify(statement)).toBeGreaterThan(0)
      if (statement.level !== undefined) expect(found.map((one) => one.level)).toContain(statement.level)
      if (statement.spkiSha256 !== undefined) expect(JSON.stringify(found)).toContain(statement.spkiSha256)
    })

    it.each(
      truth.must_not_report.map(
        (statement) => [`${statement.kind} ${statement.path}: ${statement.why}`, statement] as const,
      ),
    )('does not say %s', (_, statement) => {
      const found = fitting(name, result, statement).filter((evidence) => {
        const told = JSON.stringify(evidence.observation)
        if (statement.users) return statement.users.some((user) => told.includes(`"${user}"`))
        if (statement.clients) return statement.clients.some((client) => told.includes(`"${client}"`))
        if (statement.offset !== undefined) return evidence.offset === statement.offset
        return true
      })
      expect(found.filter((evidence) => evidence.polarity === 'against')).toEqual([])
    })

    it('names what would overturn everything that it holds against it', () => {
      for (const evidence of result.evidence.filter((one) => one.polarity === 'against')) {
        expect(evidence.overturnedBy, evidence.kind).toMatch(/\S/)
      }
    })

    it('gives no pass, and no support for what an image cannot show', () => {
      const verdicts = result.provisions.flatMap((one) => [
        one.baseline.verdict,
        ...Object.values(one.profiles).map((each) => each.verdict),
      ])
      expect(verdicts).not.toContain('pass')
      for (const id of ['5.1-1', '5.1-2', '5.4-4', '5.7-1']) {
        expect(result.provisions.find((one) => one.id === id)?.baseline.verdict, id).not.toBe('supported')
      }
    })
  })
}

describe('the two examples beside each other', () => {
  const asFound = checkJson([join(ROOT, 'examples/router-as-found')])
  const doneRight = checkJson([join(ROOT, 'examples/router-done-right')])

  it('the one as found fails in all three pillars under de-2027, the one done right in none', () => {
    const pillars = (result: ResultJson) =>
      Object.values(result.pillars['de-2027'] ?? {}).map((pillar) => pillar.verdict)
    expect(pillars(asFound)).toEqual(['fail', 'fail', 'fail'])
    for (const verdict of pillars(doneRight)) expect(['open', 'supported']).toContain(verdict)
  })

  it('a missing secure boot is a justification in the baseline and a fail under the profile', () => {
    const boot = asFound.provisions.find((one) => one.id === '5.7-1')
    expect(boot?.baseline).toMatchObject({ status: 'R', verdict: 'not-met' })
    expect(boot?.profiles['de-2027']).toMatchObject({
      status: 'M',
      sourceStatus: 'reported',
      verdict: 'fail',
    })
  })

  it('exit codes follow --fail-on', () => {
    const code = (example: string, scope: string) =>
      messlatte(['check', '--quiet', '--fail-on', scope, join(ROOT, 'examples', example)]).code
    expect(code('router-as-found', 'profile')).toBe(1)
    expect(code('router-as-found', 'baseline')).toBe(1)
    expect(code('router-as-found', 'never')).toBe(0)
    expect(code('router-done-right', 'profile')).toBe(0)
    expect(code('router-done-right', 'open')).toBe(1)
  })

  it('shows no password, unless asked to, and then says so', () => {
    const path = join(ROOT, 'examples/router-as-found')
    const shown = messlatte(['check', '--fail-on', 'never', '--json', '-', path]).out
    expect(shown).not.toMatch(/"(revealed|password)": "admin"/)
    const revealed = messlatte(['check', '--fail-on', 'never', '--reveal', '--json', '-', path]).out
    expect(revealed).toContain('"revealed": "admin"')
    expect(revealed).toContain('"revealed": true')
  })

  it('the same files, version and options give the same bytes', () => {
    const once = () =>
      messlatte([
        'check',
        '--fail-on',
        'never',
        '--as-of',
        '2026-11-23',
        '--json',
        '-',
        join(ROOT, 'examples/router-as-found'),
      ]).out
    expect(once()).toBe(once())
  })

  it('the report ends with what is open, in both languages', () => {
    for (const lang of ['en', 'de']) {
      const { out } = messlatte([
        'check',
        '--fail-on',
        'never',
        '--lang',
        lang,
        join(ROOT, 'examples/router-as-found'),
      ])
      expect(out.trimEnd().split('\n').at(-1)).toMatch(
        lang === 'en' ? /open.*no clearance/i : /offen.*keine Freigabe/i,
      )
    }
  })
})

describe('the chains of the examples', () => {
  const chainsOf = (name: string) =>
    checkJson([join(ROOT, 'examples', name)]).chains.map(
      ({ verdict, steps }) =>
        `${verdict}: ${steps.map(({ title, state }) => `${title} ${state}`).join('; ')}`,
    )

  it('are absent from the first stage in the router as one finds it', () => {
    expect(chainsOf('router-as-found')).toEqual(['absent: Kernel broken; Root file system broken'])
  })

  it('are verified down to the root file system in the router done right, its fuses open', () => {
    expect(chainsOf('router-done-right')).toEqual([
      'whole: Boot loader open; Device tree, kernel, initial RAM file system, root file system verified',
    ])
    const [chain] = checkJson([join(ROOT, 'examples/router-done-right')]).chains
    expect(chain?.hardware.find(({ id }) => id === 'secure-boot-enabled')).toMatchObject({ answer: null })
  })
})

describe('the example with dm-verity under a signed root hash', () => {
  const folder = mkdtempSync(join(tmpdir(), 'messlatte-verity-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const example = join(ROOT, 'examples/sensor-with-verity')
  const trust = ['--trust', join(ROOT, 'examples/recipe/inputs/sensor-release.pub.pem')]

  it('is verified down to the root file system, with a key that one trusts', () => {
    const [chain, ...others] = checkJson([...trust, example]).chains
    expect(others).toEqual([])
    expect(chain?.verdict).toBe('whole')
    expect(chain?.steps.map(({ title, level, state }) => [title, level, state])).toEqual([
      ['Boot configuration, kernel, root file system', 'E6', 'verified'],
    ])
    expect(chain?.hardware.every(({ answer }) => answer === null)).toBe(true)
    expect(checkJson([example]).chains.map(({ verdict }) => verdict)).toEqual(['open'])
  })

  it('is broken where one byte of the root file system is another one', () => {
    for (const name of ['boot.img', 'vbmeta.img']) cpSync(join(example, name), join(folder, name))
    const system = readFileSync(join(example, 'system.img'))
    system[9000] = (system[9000] ?? 0) ^ 1
    writeFileSync(join(folder, 'system.img'), system)
    const { chains, evidence } = checkJson([...trust, folder])
    expect(chains.map(({ verdict }) => verdict)).toEqual(['broken'])
    expect(
      evidence.filter(({ kind }) => kind === 'boot.chain.broken').map(({ polarity }) => polarity),
    ).toEqual(['against'])
  })
})

describe('what the examples start', () => {
  const commandsOf = (name: string) =>
    checkJson([join(ROOT, 'examples', name)]).services.map(({ command, when }) => `${command} (${when})`)

  it('is what their own files say: the router as one finds it', () => {
    expect(commandsOf('router-as-found')).toEqual([
      '/usr/sbin/crond (always)',
      '/usr/sbin/dropbear -R -p 22 (always)',
      '/usr/sbin/lighttpd -f /etc/lighttpd/lighttpd.conf (always)',
      '/usr/sbin/mosquitto -d -c /etc/mosquitto/mosquitto.conf (always)',
      '/bin/sh (always)',
      '/usr/sbin/telnetd -F -l /bin/login (always)',
    ])
  })

  it('is what their own files say: the router done right', () => {
    expect(commandsOf('router-done-right')).toEqual([
      '/usr/sbin/crond (always)',
      '/usr/sbin/dropbear -s -g -r /data/dropbear/host_ed25519 -p 22 (always)',
      '/usr/sbin/lighttpd -f /etc/lighttpd/lighttpd.conf (condition)',
      '/usr/sbin/mosquitto -d -c /etc/mosquitto/mosquitto.conf (always)',
    ])
  })
})
