import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import '../../services/boot/facts.ts'
import { isShellScript } from '../../shell/is-script.ts'
import '../clients/facts.ts'
import { concludeScripts } from './conclude.ts'
import './facts.ts'

/** Byte strings of which one stands in every script that could matter. */
const LITERALS = [
  'wget ',
  'curl ',
  'tftp ',
  'ftpget ',
  'uclient-fetch ',
  'mtd write',
  'mtd -r write',
  'mtd_debug write',
  'flashcp ',
  'nandwrite ',
  'sysupgrade ',
  'ubiupdatevol ',
  'of=/dev/',
  '/dev/mtd',
  'rauc install',
  'swupdate ',
  'swupdate-client ',
  'mender install',
  'mender-update install',
  'opkg upgrade',
  'apk upgrade',
  'flash_image ',
  'upgrade_tool ',
] as const

const MOST_TEXT = 128 * 1024

export const scriptsCheck: Check = {
  id: 'update.scripts',
  version: 1,
  title: { en: 'Shell scripts that update', de: 'Shell-Skripte, die aktualisieren' },
  provisions: provisions(['5.3-1', '5.3-2', '5.3-7', '5.3-9', '5.3-10', '5.5-1']),
  cases: cases('5.3-1-1', '5.3-2-1', '5.3-7-1', '5.3-9-1', '5.3-10-1', '5.5-1-2'),
  input: ['image'],
  canShow: {
    en: 'That a script fetches something and flashes, installs or runs it, from where, and what it looks at before: followed through variables, functions and files that it sources.',
    de: 'Dass ein Skript etwas lädt und flasht, installiert oder ausführt, von wo, und worauf es vorher sieht: verfolgt durch Variablen, Funktionen und Dateien, die es einbindet.',
  },
  cannotShow: {
    en: 'That the script is ever run, that a forged update is refused on a unit, and what programs do that it calls.',
    de: 'Dass das Skript je läuft, dass ein gefälschtes Update auf einem Gerät abgewiesen wird, und was Programme tun, die es aufruft.',
  },
  states: [
    'update.client',
    'update.fetch-and-execute',
    'update.tls.unchecked',
    'update.transport.plain-http',
  ],
  wants: { literals: true },
  literals: LITERALS,
  needs: [
    'boot.file',
    'boot.link',
    'boot.path',
    'key.private',
    'key.public',
    'update.client',
    'update.schedule',
  ],
  gives: ['update.part', 'update.script'],
  look,
  conclude: concludeScripts,
}

function look(artefact: Artefact, out: MapOut): void {
  if (artefact.type !== 'file' || artefact.bytes.size > MOST_TEXT || !isShellScript(artefact)) return
  out.fact('update.script', placeOf(artefact), { text: artefact.text() })
}
