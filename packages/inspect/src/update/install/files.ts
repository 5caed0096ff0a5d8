import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { giveNeutral } from '../mechanism/give.ts'
import * as say from './say.ts'

export const FW_ENV = /(?:^|\/)etc\/fw_env\.config$/
export const SYSTEMD = /(?:^|\/)(?:etc|usr\/lib|lib)\/systemd\/system\.conf(?:\.d\/[^/]+\.conf)?$/
/** GRUB's environment block, as RAUC uses it: which slots are tried in which order. */
export const GRUB = /(?:^|\/)grubenv$/
/** systemd, Automatic Boot Assessment: tries left, and tries done, before the suffix. */
export const COUNTED_ENTRY =
  /(?:^|\/)(?:loader\/entries|EFI\/Linux)\/[^/]*\+(\d{1,4}(?:-\d{1,4})?)\.(?:conf|efi)$/

const MOST_LINES = 2000
/** u-boot-tools, fw_env.config: device or file, offset, size, and more; two lines are two copies. */
const COPY = /^(\/[^\s#]+)\s+-?(?:0x[0-9a-f]+|\d+)\s+(?:0x[0-9a-f]+|\d+)(?:\s|$)/i

/** Map: files of which one alone tells a part. */
export function lookAtFile(artefact: Artefact, out: MapOut): void {
  const { inner } = artefact
  if (FW_ENV.test(inner)) lookAtCopies(artefact, out)
  else if (SYSTEMD.test(inner)) lookAtSystemd(artefact, out)
  else if (GRUB.test(inner)) lookAtGrub(artefact, out)
  else lookAtEntry(artefact, out)
}

interface Line {
  readonly text: string
  readonly offset: number
  readonly number: number
}

function linesOf(text: string): readonly Line[] {
  let offset = 0
  return text.split('\n', MOST_LINES).map((line, index) => {
    const found = { text: line, offset, number: index + 1 }
    offset += line.length + 1
    return found
  })
}

function lookAtCopies(artefact: Artefact, out: MapOut): void {
  const copies = linesOf(artefact.text()).filter(({ text }) => COPY.test(text.trim()))
  const [first, second] = copies
  if (!first || !second) return
  const devices = copies.slice(0, 2).map(({ text }) => text.trim().split(/\s+/).slice(0, 2).join(' '))
  const place = placeOf(artefact, first.offset, second.offset + second.text.length - first.offset)
  giveNeutral(out, place, {
    part: { id: 'install', method: 'redundant-environment', names: devices },
    statement: say.redundant(devices),
    confidence: say.CONFIGURED,
    how: 'configuration',
    line: first.number,
    observation: { repeat: `cat ${artefact.inner}` },
  })
}

function lookAtSystemd(artefact: Artefact, out: MapOut): void {
  const setting = linesOf(artefact.text()).findLast(({ text }) => /^RuntimeWatchdogSec=/.test(text))
  const value = setting?.text.slice('RuntimeWatchdogSec='.length).trim() ?? ''
  if (!setting || !/^\d/.test(value) || /^0+\w*$/.test(value)) return
  giveNeutral(out, placeOf(artefact, setting.offset, setting.text.length), {
    part: { id: 'install', method: 'watchdog', names: [`RuntimeWatchdogSec=${value}`] },
    statement: say.systemdWatchdog(value),
    confidence: say.CONFIGURED,
    how: 'configuration',
    line: setting.number,
    observation: { repeat: `grep -n RuntimeWatchdogSec ${artefact.inner}` },
  })
}

/** RAUC documentation, Integration (GRUB): `ORDER`, and for each slot `_OK` and `_TRY`. */
function lookAtGrub(artefact: Artefact, out: MapOut): void {
  const text = artefact.text()
  if (!text.startsWith('# GRUB Environment Block')) return
  const lines = linesOf(text)
  const order = lines.find((line) => line.text.startsWith('ORDER='))
  const names = order?.text.slice('ORDER='.length).trim().split(/\s+/) ?? []
  const counted = names.filter((name) => lines.some((line) => line.text.startsWith(`${name}_TRY=`)))
  if (!order || counted.length < 2) return
  giveNeutral(out, placeOf(artefact, order.offset, order.text.length), {
    part: { id: 'install', method: 'slots', names: counted },
    statement: say.bootOrder(counted),
    confidence: say.VARIABLES,
    how: 'boot-loader',
    line: order.number,
    observation: { repeat: 'grub-editenv GRUBENV list' },
  })
}

function lookAtEntry(artefact: Artefact, out: MapOut): void {
  const left = COUNTED_ENTRY.exec(artefact.inner)?.[1]
  if (left === undefined || artefact.type !== 'file') return
  giveNeutral(out, placeOf(artefact), {
    part: { id: 'install', method: 'boot-count', names: [artefact.name] },
    statement: say.countedEntry(`+${left}`),
    confidence: say.CONFIGURED,
    how: 'boot-loader',
    observation: { repeat: 'bootctl list' },
  })
}
