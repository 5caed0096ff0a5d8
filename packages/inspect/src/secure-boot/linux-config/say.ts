import type { Text } from '@messlatte/model'
import type { AreaState } from './areas.ts'

// The sentences of this check: what a state means, and what it does to the chain.

export interface Saying {
  readonly title: Text
  readonly reason: Text
}

function saying(en: string, de: string, whyEn: string, whyDe: string): Saying {
  return { title: { en, de }, reason: { en: whyEn, de: whyDe } }
}

export const SAYINGS: Readonly<Record<AreaState, Saying>> = {
  'modules-none': saying(
    'The kernel loads no modules',
    'Der Kernel lädt keine Module',
    'Nothing that an earlier stage did not verify with the kernel gets into it this way.',
    'Auf diesem Weg kommt nichts in den Kernel, was nicht mit ihm geprüft wurde.',
  ),
  'modules-forced': saying(
    'The kernel is built to refuse unsigned modules',
    'Der Kernel ist so gebaut, dass er unsignierte Module abweist',
    'The chain reaches modules, as far as the kernel itself is verified.',
    'Die Kette reicht bis zu den Modulen, soweit der Kernel selbst geprüft wird.',
  ),
  'modules-optional': saying(
    'The kernel can verify modules, and refuses unsigned ones only when told so at boot',
    'Der Kernel kann Module prüfen und weist unsignierte nur ab, wenn es beim Start verlangt wird',
    'module.sig_enforce=1 or lockdown on its command line closes this; without them an unsigned module only leaves a mark.',
    'module.sig_enforce=1 oder lockdown auf der Kommandozeile schließt das; ohne sie hinterlässt ein unsigniertes Modul nur einen Vermerk.',
  ),
  'modules-weak-hash': saying(
    'The kernel signs its modules over a digest that is broken',
    'Der Kernel signiert seine Module über einen gebrochenen Digest',
    'Collisions of MD5 and SHA-1 can be made; whoever gets one module signed may have a second one for it.',
    'Für MD5 und SHA-1 lassen sich Kollisionen herstellen; wer ein Modul signieren lässt, hat womöglich ein zweites dazu.',
  ),
  'modules-unverified': saying(
    'The kernel loads modules and is not built to verify them',
    'Der Kernel lädt Module und ist nicht dafür gebaut, sie zu prüfen',
    'The chain ends at the kernel, unless all modules lie in a file system that is verified.',
    'Die Kette endet am Kernel, wenn nicht alle Module in einem geprüften Dateisystem liegen.',
  ),
  'kexec-none': saying(
    'The kernel cannot start another kernel',
    'Der Kernel kann keinen anderen Kernel starten',
    'kexec is not built in.',
    'kexec ist nicht eingebaut.',
  ),
  'kexec-verified': saying(
    'The kernel starts another kernel only with a signature',
    'Der Kernel startet einen anderen Kernel nur mit Signatur',
    'Both ways of kexec are closed for what is not signed.',
    'Beide Wege von kexec sind für Unsigniertes geschlossen.',
  ),
  'kexec-under-lockdown': saying(
    'The kernel may start another kernel without a signature, unless lockdown is on',
    'Der Kernel kann einen anderen Kernel ohne Signatur starten, außer wenn lockdown gilt',
    'Whether lockdown is on is decided at boot.',
    'Ob lockdown gilt, wird beim Start entschieden.',
  ),
  'kexec-unverified': saying(
    'The kernel starts another kernel without a signature',
    'Der Kernel startet einen anderen Kernel ohne Signatur',
    'Who is root once can run a system that no stage verified, until the next start.',
    'Wer einmal root ist, kann bis zum nächsten Start ein System betreiben, das keine Stufe geprüft hat.',
  ),
  'memory-closed': saying(
    'The kernel has no device for physical memory',
    'Der Kernel hat kein Gerät für den physischen Speicher',
    '/dev/mem and /dev/kmem are not built in.',
    '/dev/mem und /dev/kmem sind nicht eingebaut.',
  ),
  'memory-strict': saying(
    'The kernel keeps /dev/mem away from its memory',
    'Der Kernel hält /dev/mem von seinem Speicher fern',
    'Only devices can be reached through it.',
    'Nur Geräte lassen sich darüber erreichen.',
  ),
  'memory-open': saying(
    'Through /dev/mem all memory can be written, the kernel included',
    'Über /dev/mem lässt sich aller Speicher schreiben, auch der Kernel',
    'STRICT_DEVMEM is not set: who is root can change the kernel that was verified.',
    'STRICT_DEVMEM ist nicht gesetzt: Wer root ist, kann den geprüften Kernel ändern.',
  ),
  'lockdown-forced': saying(
    'The kernel is built to be locked down always',
    'Der Kernel ist so gebaut, dass lockdown immer gilt',
    'Root cannot change the running kernel on the ways that lockdown knows.',
    'Auch root kann den laufenden Kernel auf den Wegen, die lockdown kennt, nicht ändern.',
  ),
  'lockdown-optional': saying(
    'The kernel can be locked down; whether it is, is decided at boot',
    'Der Kernel kann lockdown; ob es gilt, wird beim Start entschieden',
    'The command line, or UEFI Secure Boot where the build ties them together, switches it on.',
    'Die Kommandozeile oder, wo der Bau beides verbindet, UEFI Secure Boot schaltet es ein.',
  ),
  'lockdown-none': saying(
    'The kernel has no lockdown',
    'Der Kernel hat kein lockdown',
    'Nothing is concluded from that: other settings may close each way by itself.',
    'Daraus folgt nichts: Andere Einstellungen können jeden Weg für sich schließen.',
  ),
  'integrity-some': saying(
    'The kernel can verify file systems or files',
    'Der Kernel kann Dateisysteme oder Dateien prüfen',
    'It is a capability of the build; what is verified is said by command line, policy and metadata.',
    'Es ist eine Fähigkeit des Baus; was geprüft wird, sagen Kommandozeile, Regelwerk und Metadaten.',
  ),
  'integrity-none': saying(
    'The kernel has neither dm-verity nor fs-verity nor appraisal by IMA',
    'Der Kernel hat weder dm-verity noch fs-verity noch Prüfung durch IMA',
    'The root file system must be verified by another stage, if it is; an initramfs that the kernel carries is covered with it.',
    'Das Wurzeldateisystem muss, wenn überhaupt, von einer anderen Stufe geprüft werden; ein initramfs im Kernel ist mit ihm abgedeckt.',
  ),
  'debug-serial': saying(
    'The kernel has a debugger for its serial console',
    'Der Kernel hat einen Debugger für seine serielle Konsole',
    'It is reached where kgdboc is set, and gives full control without a password.',
    'Er ist erreichbar, wo kgdboc gesetzt ist, und gibt ohne Passwort volle Kontrolle.',
  ),
  'debug-some': saying(
    'The kernel has interfaces for debugging',
    'Der Kernel hat Schnittstellen zur Fehlersuche',
    'They are built in; whether they can be reached is said by the running system.',
    'Sie sind eingebaut; ob sie erreichbar sind, sagt das laufende System.',
  ),
  'debug-none': saying(
    'The kernel has none of the interfaces for debugging that are looked for',
    'Der Kernel hat keine der gesuchten Schnittstellen zur Fehlersuche',
    'Other ones may exist.',
    'Andere kann es geben.',
  ),
}

export const OVERTURNS: Readonly<Partial<Record<AreaState, Text>>> = {
  'modules-unverified': {
    en: 'Proof that modules come from a verified file system only: its dm-verity root under a signature, or a kernel that refuses to load from elsewhere.',
    de: 'Der Nachweis, dass Module nur aus einem geprüften Dateisystem kommen: dessen dm-verity-Wurzel unter einer Signatur oder ein Kernel, der anderswoher nicht lädt.',
  },
  'modules-weak-hash': {
    en: 'Proof that the modules of the product are signed over another digest: modinfo of one of them.',
    de: 'Der Nachweis, dass die Module des Produkts über einen anderen Digest signiert sind: modinfo eines davon.',
  },
  'kexec-unverified': {
    en: 'Proof that kexec is switched off on a unit as it is sold: kernel.kexec_load_disabled is 1, or a process that may not call it.',
    de: 'Der Nachweis, dass kexec auf einem Gerät im Verkaufszustand abgeschaltet ist: kernel.kexec_load_disabled ist 1 oder kein Prozess darf es aufrufen.',
  },
  'memory-open': {
    en: 'Proof that no process of a unit as it is sold can open /dev/mem.',
    de: 'Der Nachweis, dass kein Prozess eines Geräts im Verkaufszustand /dev/mem öffnen kann.',
  },
  'debug-serial': {
    en: 'The command line of a unit that was sold (/proc/cmdline), without kgdboc, and a serial console that cannot be reached.',
    de: 'Die Kommandozeile eines verkauften Geräts (/proc/cmdline) ohne kgdboc und eine serielle Konsole, die nicht erreichbar ist.',
  },
}
