import type { Place } from '../../contract.ts'
import { daemonOf } from '../../services/boot/daemons.ts'
import type { BootResult } from '../../services/boot/graph.ts'
import { baseName } from '../../services/boot/words.ts'

/** Tools that set a system up and change nothing that outlasts it. */
const TOOLS: ReadonlySet<string> = new Set(
  '[ test true false echo printf mount umount mkdir rmdir ln rm touch chmod chown cat sleep usleep date hostname ifconfig route ip brctl iptables ip6tables nft sysctl insmod modprobe rmmod depmod mdev udevadm swapon swapoff hwclock ntpdate loadkmap setfont dmesg klogctl ulimit sync kill killall pidof ps grep sed awk cut head tail tr sort uniq wc find xargs basename dirname readlink stty tty clear export set umask cd wait exec sh ash init login getty agetty start-stop-daemon logger loadfont ethtool iwconfig iw rfkill led gpio restorecon'.split(
    ' ',
  ),
)
/** Ports behind which somebody may hand in an update: the web, shells, management. */
const HANDED_IN: ReadonlySet<number> = new Set([21, 22, 23, 69, 80, 443, 5555, 7547, 8000, 8080, 8443])

/** What a system starts, where all of it is known and none of it can put an update into place. */
export interface KnownSystem {
  readonly programs: readonly string[]
  readonly place: Place
}

/** Undefined as soon as one program is not known, or may take or write an update. */
export function knownSystem({ system, services, commands }: BootResult): KnownSystem | undefined {
  const place = services.find((one) => one.place)?.place
  if (!place) return undefined
  const programs = new Set<string>()
  for (const { words } of commands) {
    const [program = ''] = words
    const name = baseName(program)
    programs.add(name)
    const path = system.program(program)
    const isScript = path !== undefined && system.source(path)?.startsWith('#!') === true
    if (isScript || isHarmless(name)) continue
    return undefined
  }
  return { programs: [...programs].sort(), place }
}

function isHarmless(name: string): boolean {
  const daemon = daemonOf(name)
  if (!daemon) return TOOLS.has(name)
  return daemon.listens.every(({ port }) => !HANDED_IN.has(port))
}
