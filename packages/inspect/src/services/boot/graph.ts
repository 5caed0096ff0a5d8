import type { Facts } from '../../contract.ts'
import { hasAndroidInit, startAndroid } from './android.ts'
import { startInittab } from './inittab.ts'
import { isOpenRcSystem, startOpenRc } from './openrc.ts'
import type { BootService } from './service.ts'
import { type BootCommand, type Circumstances, Starter } from './starter.ts'
import { System } from './system.ts'
import { startSystemd } from './systemd.ts'

/** What a root file system starts, and what could be and is not. */
export interface BootResult {
  readonly root: string
  /** Folder of the root in which the system lies, with a slash behind it; empty where that is the root itself. */
  readonly prefix: string
  readonly system: System
  readonly services: readonly BootService[]
  /** All that runs on the way, as far as it was followed. */
  readonly commands: readonly BootCommand[]
}

/** Directories that a root file system has; what stands in front of them is where it lies. */
const TOP =
  /^(?:etc|bin|sbin|usr|lib|opt|system|vendor|odm|service|root|home|var|www|data|mnt)$|^(?:init|init\.[\w.-]*rc|linuxrc)$/

/** Two checks and the table ask for the same facts. */
const FOLLOWED = new WeakMap<Facts, readonly BootResult[]>()

/** Follows the boot of every root file system of the release. */
export function followBoots(facts: Facts): readonly BootResult[] {
  const known = FOLLOWED.get(facts)
  if (known) return known
  const boots = followAll(facts)
  FOLLOWED.set(facts, boots)
  return boots
}

function followAll(facts: Facts): readonly BootResult[] {
  const all = [...facts.of('boot.file'), ...facts.of('boot.link'), ...facts.of('boot.path')]
  const systems = Map.groupBy(all, ({ place }) => `${place.root}\n${prefixOf(place.inner)}`)
  return [...systems].map(([key, entries]) => {
    const [root = '', prefix = ''] = key.split('\n')
    const system = new System(entries, prefix)
    return { root, prefix, system, ...follow(system) }
  })
}

/** What stands in front of a root file system's own directories: `squashfs-root/`, or nothing. */
export function prefixOf(inner: string): string {
  const parts = inner.split('/')
  const at = parts.findIndex((part) => TOP.test(part))
  return at <= 0 ? '' : `${parts.slice(0, at).join('/')}/`
}

const NOWHERE: Circumstances = { conditions: [], chain: [], file: '', offset: 0, text: '', managed: false }

function follow(system: System): Pick<BootResult, 'commands' | 'services'> {
  const starter = new Starter(system)
  if (isSystemd(system)) startSystemd(system, starter)
  else if (system.exists('/etc/inittab', 'file') === true) startInittab(system, starter)
  else if (hasAndroidInit(system)) startAndroid(system, starter)
  else startBare(starter)
  if (isOpenRcSystem(system)) startOpenRc(system, starter)
  startAtLogin(system, starter)
  return { services: [...starter.services.values()], commands: starter.commands }
}

function isSystemd(system: System): boolean {
  const init = ['/sbin/init', '/usr/sbin/init', '/init'].map((path) => system.resolve(path))
  if (init.some((path) => /\/systemd$/.test(path))) return true
  return (
    system.exists('/etc/inittab', 'file') !== true &&
    ['/lib/systemd/systemd', '/usr/lib/systemd/systemd'].some((path) => system.exists(path, 'any') === true)
  )
}

/** What a login shell runs first: it starts something only when somebody logs in. */
function startAtLogin(system: System, starter: Starter): void {
  const conditions = ['a login']
  for (const path of [
    '/etc/profile',
    ...system.glob('/etc/profile.d/*.sh'),
    '/root/.profile',
    '/root/.bashrc',
  ]) {
    starter.script(path, [], { ...NOWHERE, conditions, chain: [path], file: path })
  }
}

/** Without any table: busybox runs rcS, an initial ramdisk its `/init`. */
function startBare(starter: Starter): void {
  for (const path of [
    '/init',
    '/linuxrc',
    '/etc/preinit',
    '/sbin/preinit',
    '/etc/init.d/rcS',
    '/etc/rc.d/rcS',
    '/etc/rcS',
    '/etc/rc',
    '/etc/rc.sysinit',
  ]) {
    starter.script(path, [], { ...NOWHERE, chain: [path], file: path })
  }
}
