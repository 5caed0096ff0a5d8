import { type Bytes, latin1 } from '@messlatte/bytes'
import { cabinetOf } from '../formats/cab/parse.ts'
import { MAGIC as SHIELD_MAGIC, volumeAt } from '../formats/installshield/header.ts'
import { volumeOfRar4 } from '../formats/rar4/volume.ts'
import { volumeOfRar5 } from '../formats/rar5/volume.ts'

import { headerAt, MAGICS } from '../formats/wim/header.ts'
import { diskOfZip } from '../formats/zip/disk.ts'
import type { Place } from './naming.ts'

/** More digits are no number of a part. */
const DIGITS = /^(.+)\.(\d{3})$/s
const NAMED = /^(.+?)([._-]?part[._-]?)(\d{1,4})$/is
const LETTERS = /^(.+?[._-](?:part)?|x)([ab][a-z])$/s
const SPARSE = /^(.+?)([._-]?sparsechunk\.)(\d{1,4})$/s
const RAR_NEW = /^(.+?)(\.part)(\d{1,5})(\.rar)$/is
const RAR_OLD = /^(.+)\.(?:rar|([r-z])(\d\d))$/is
const ZIP = /^(.+)\.(?:zip|z(\d{2,4}))$/is
const SHIELD = /^(.*?)(\d{1,4})\.(?:cab|(hdr))$/is
const SPARSE_MAGIC = ':\xff\x26\xed'

/** Where a file of this name, a byte string without its folder, and with these bytes belongs; undefined where it is whole. */
export function placeOf(name: string, bytes: Bytes): Place | undefined {
  if (bytes.size < 8) return undefined
  const magic = latin1(bytes.view(0, 4))
  if (magic === 'Rar!') return ofRar(name, bytes)
  if (magic === 'MSCF') return ofCabinet(name, bytes)
  if (magic === MAGICS[0].slice(0, 4)) return ofImage(name, bytes)
  if (magic === SHIELD_MAGIC) return ofShield(name, bytes)
  if (magic === SPARSE_MAGIC) return ofSparse(name) ?? ofCut(name)
  return ofZip(name, bytes) ?? ofCut(name)
}

function ofRar(name: string, bytes: Bytes): Place | undefined {
  const told = volumeOfRar5(bytes) ?? volumeOfRar4(bytes)
  if (!told) return ofCut(name)
  const { goesOn } = told
  const [, stem, word, digits, after] = RAR_NEW.exec(name) ?? []
  if (stem !== undefined && word !== undefined && digits !== undefined && after !== undefined) {
    const naming = { style: 'digits', before: stem + word, width: digits.length, after } as const
    return { kind: 'rar', set: stem, number: Number(digits), first: 1, whole: `${stem}.rar`, naming, goesOn }
  }
  const [, old, letter, two] = RAR_OLD.exec(name) ?? []
  if (old === undefined) return undefined
  const number =
    letter === undefined ? 0 : (letter.toLowerCase().charCodeAt(0) - 0x72) * 100 + Number(two) + 1
  const naming = { style: 'rar', before: old } as const
  return { kind: 'rar', set: old, number, first: 0, whole: `${old}.rar`, naming, goesOn }
}

function ofCabinet(name: string, bytes: Bytes): Place | undefined {
  const told = cabinetOf(bytes, 0)
  if (!told || (told.previous === undefined && told.next === undefined)) return ofCut(name)
  const { set, number, previous, next } = told
  const naming = { style: 'told', previous, next } as const
  return { kind: 'cab', set: `${set}`, number, whole: name, naming, goesOn: next !== undefined }
}

function ofImage(name: string, bytes: Bytes): Place | undefined {
  const told = headerAt(bytes, 0)
  if (!told || told.parts === 1) return ofCut(name)
  const { id, part, parts } = told
  const end = `${part === 1 ? '' : part}.swm`
  const before = name.toLowerCase().endsWith(end) ? name.slice(0, -end.length) : undefined
  const naming =
    before === undefined
      ? ({ style: 'told', previous: undefined, next: undefined } as const)
      : ({ style: 'swm', before } as const)
  const whole = before === undefined ? name : `${before}.wim`
  return { kind: 'wim', set: id, number: part, first: 1, whole, naming, goesOn: part < parts }
}

/** The header of a set is in front of its cabinets; the first of these may have it too, or instead. */
function ofShield(name: string, bytes: Bytes): Place | undefined {
  const [, before, digits, header] = SHIELD.exec(name) ?? []
  const told = volumeAt(bytes, 0)
  if (before === undefined || !told || (header !== undefined && digits !== '1')) return ofCut(name)
  const number = header === undefined ? Number(digits) : 0
  const first = header === undefined && told.lists.length > 0 ? number : 0
  const naming = { style: 'shield', before } as const
  return { kind: 'shield', set: before.toLowerCase(), number, first, whole: before || name, naming }
}

function ofSparse(name: string): Place | undefined {
  const [, stem, word, digits] = SPARSE.exec(name) ?? []
  if (stem === undefined || word === undefined || digits === undefined) return undefined
  const naming = { style: 'digits', before: stem + word, width: 1, after: '' } as const
  return { kind: 'sparse', set: stem, number: Number(digits), first: 0, whole: stem, naming }
}

function ofZip(name: string, bytes: Bytes): Place | undefined {
  const [, stem, digits] = ZIP.exec(name) ?? []
  if (stem === undefined) return undefined
  // The last one has the name of the whole, and tells its number.
  const number = digits === undefined ? diskOfZip(bytes) + 1 : Number(digits)
  if (number < 1 || (digits === undefined && number === 1)) return undefined
  const naming = { style: 'zip', before: stem } as const
  return {
    ...{ kind: 'zip', set: stem, number, first: 1, whole: `${stem}.zip`, naming },
    goesOn: digits !== undefined,
  }
}

/** What was cut as it is, wherever it became too long. */
function ofCut(name: string): Place | undefined {
  const [, stem, digits] = DIGITS.exec(name) ?? []
  if (stem !== undefined && digits !== undefined) return numbered(stem, `${stem}.`, digits)
  const [, other, word, more] = NAMED.exec(name) ?? []
  if (other !== undefined && word !== undefined && more !== undefined)
    return numbered(other, other + word, more)
  const [, before, letters] = LETTERS.exec(name) ?? []
  if (before === undefined || letters === undefined) return undefined
  const number = (letters.charCodeAt(0) - 0x61) * 26 + letters.charCodeAt(1) - 0x61
  const whole = before.replace(/[._-](?:part)?$/s, '')
  const naming = { style: 'letters', before } as const
  return { kind: 'cut', set: before, number, first: 0, whole, naming }
}

function numbered(stem: string, before: string, digits: string): Place {
  const naming = { style: 'digits', before, width: digits.length, after: '' } as const
  return { kind: 'cut', set: before, number: Number(digits), whole: stem, naming }
}
