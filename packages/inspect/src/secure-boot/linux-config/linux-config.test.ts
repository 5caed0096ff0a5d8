import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EvidenceDraft } from '../../contract.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { areasOf } from './areas.ts'
import { linuxConfigCheck } from './index.ts'
import { parseKernelConfig } from './parse.ts'

type Kind = 'positive' | 'negative' | 'near-miss'

function run(path: string, content: string, root = 'fw.bin@0x0:squashfs') {
  return runChecks([linuxConfigCheck], [testArtefact(path, content, { root })])
}

function fixture(kind: Kind, name: string): string {
  return readFileSync(new URL(`./fixtures/${kind}/${name}`, import.meta.url), 'utf8')
}

function ofFixture(kind: Kind, name: string): readonly EvidenceDraft[] {
  return run(name.replaceAll('__', '/'), fixture(kind, name)).evidence
}

function inShort(evidence: readonly EvidenceDraft[]): readonly string[] {
  return evidence.map(({ kind, polarity, confidence }) =>
    [kind.replace('boot.linux.', ''), polarity, confidence.grade].join(' '),
  )
}

const HEAD = '# Linux/arm64 6.6.1 Kernel Configuration\n'

function states(options: Readonly<Record<string, string>>): readonly string[] {
  const lines = Object.entries(options).map(([name, value]) =>
    value === 'n' ? `# CONFIG_${name} is not set` : `CONFIG_${name}=${value}`,
  )
  const config = parseKernelConfig(`${HEAD}CONFIG_ARM64=y\n${lines.join('\n')}\n`)
  return config ? areasOf(config).map(({ state }) => state) : []
}

describe('secure-boot.linux-config', () => {
  it('says of an open kernel what it leaves open', () => {
    expect(inShort(ofFixture('positive', 'boot__config-6.6.1'))).toEqual([
      'modules against low',
      'kexec against low',
      'memory against low',
      'lockdown neutral medium',
      'integrity neutral medium',
      'debug against low',
    ])
  })

  it.each(readdirSync(new URL('./fixtures/negative/', import.meta.url)))(
    'holds nothing against %s',
    (name) => {
      const evidence = ofFixture('negative', name)
      expect(evidence).toHaveLength(6)
      expect(evidence.filter(({ polarity }) => polarity !== 'neutral')).toEqual([])
    },
  )

  it.each(readdirSync(new URL('./fixtures/near-miss/', import.meta.url)))('says nothing of %s', (name) => {
    expect(ofFixture('near-miss', name)).toEqual([])
  })

  it('reads the configuration that a kernel carries, and no other file of that name', () => {
    const content = fixture('positive', 'boot__config-6.6.1')
    const within = run('content', content, 'Image@0x100:ikconfig/config@0x0:gzip')
    expect(within.evidence).toHaveLength(6)
    expect(within.evidence[0]?.observation).toMatchObject({
      repeat: 'scripts/extract-ikconfig KERNEL | grep CONFIG_',
    })
    expect(run('content', content, 'notes.gz@0x0:gzip').evidence).toEqual([])
    expect(run('usr/share/doc/example', content).evidence).toEqual([])
  })

  it('tells each state of each matter', () => {
    const at = (index: number, options: Readonly<Record<string, string>>) => states(options)[index]
    expect(at(0, {})).toBe('modules-none')
    expect(at(0, { MODULES: 'y' })).toBe('modules-unverified')
    expect(at(0, { MODULES: 'y', MODULE_SIG: 'y' })).toBe('modules-optional')
    expect(at(0, { MODULES: 'y', MODULE_SIG: 'y', MODULE_SIG_HASH: '"sha1"' })).toBe('modules-weak-hash')
    expect(at(0, { MODULES: 'y', MODULE_SIG: 'y', MODULE_SIG_FORCE: 'y' })).toBe('modules-forced')
    expect(at(0, { MODULES: 'y', MODULE_SIG: 'y', LOCK_DOWN_KERNEL_FORCE_INTEGRITY: 'y' })).toBe(
      'modules-forced',
    )
    expect(at(1, {})).toBe('kexec-none')
    expect(at(1, { KEXEC: 'y' })).toBe('kexec-unverified')
    expect(at(1, { KEXEC_FILE: 'y', KEXEC_SIG: 'y', KEXEC_SIG_FORCE: 'y' })).toBe('kexec-verified')
    expect(at(1, { KEXEC: 'y', KEXEC_FILE: 'y', KEXEC_SIG_FORCE: 'y' })).toBe('kexec-unverified')
    expect(at(1, { KEXEC: 'y', SECURITY_LOCKDOWN_LSM: 'y' })).toBe('kexec-under-lockdown')
    expect(at(2, { DEVMEM: 'n' })).toBe('memory-closed')
    expect(at(2, {})).toBe('memory-open')
    expect(at(2, { DEVMEM: 'y', STRICT_DEVMEM: 'y' })).toBe('memory-strict')
    expect(at(2, { DEVMEM: 'y', STRICT_DEVMEM: 'y', DEVKMEM: 'y' })).toBe('memory-open')
    expect(at(3, {})).toBe('lockdown-none')
    expect(at(3, { SECURITY_LOCKDOWN_LSM: 'y' })).toBe('lockdown-optional')
    expect(at(3, { LOCK_DOWN_KERNEL_FORCE_CONFIDENTIALITY: 'y' })).toBe('lockdown-forced')
    expect(at(4, {})).toBe('integrity-none')
    expect(at(4, { DM_VERITY: 'm' })).toBe('integrity-some')
    expect(at(5, {})).toBe('debug-none')
    expect(at(5, { DEBUG_FS: 'y' })).toBe('debug-some')
    expect(at(5, { KGDB_SERIAL_CONSOLE: 'y' })).toBe('debug-serial')
  })

  it('gives what others build on', () => {
    const line = 'CONFIG_MODULES=y\nCONFIG_CMDLINE="console=ttyS0 \\"x\\""\nCONFIG_CMDLINE_FORCE=y\n'
    expect(run('boot/config-6.6.1', HEAD + line).facts[0]?.data).toEqual({
      version: '6.6.1',
      forcesModules: false,
      verifiesModules: false,
      commandLine: 'console=ttyS0 "x"',
      commandLineForced: true,
    })
    const unused = `${HEAD}CONFIG_CMDLINE="quiet"\n# CONFIG_CMDLINE_BOOL is not set\n`
    expect(run('boot/config-6.6.1', unused).facts[0]?.data).toMatchObject({
      forcesModules: true,
      commandLine: undefined,
    })
  })

  it('gives an answer for any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect([0, 6]).toContain(run('boot/config-1', HEAD + text).evidence.length)
      }),
    )
  })
})
