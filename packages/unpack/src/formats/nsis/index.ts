import { type Bytes, DecodeError } from '@messlatte/bytes'
import { type ContainerFormat, FormatError, type Region, type Sink } from '../../contract.ts'
import { copyStretch, inBatches, wrapped } from '../members.ts'
import { wholeOf } from '../whole.ts'
import {
  crcMatches,
  type FirstHeader,
  parseFirstHeader,
  programBefore,
  SIGNATURE,
  SIGNATURE_AT,
} from './first-header.ts'
import {
  firstBytes,
  type Packing,
  type Piece,
  packingOf,
  pieceAt,
  unpackPiece,
  unpackStream,
} from './packing.ts'
import { patched } from './patches.ts'
import { filesOf, type ScriptFile } from './script.ts'
import { showTogether } from './together.ts'

interface NsisPlan {
  readonly files: readonly ScriptFile[]
  /** Of the header as it lies there; pieces are counted from behind it. */
  readonly piecesAt: number
}

export const nsis: ContainerFormat<NsisPlan> = {
  kind: 'container',
  name: 'nsis',
  title: 'NSIS installer (Nullsoft Scriptable Install System)',
  references: [
    'NSIS, Source/exehead/fileform.h and Source/exehead/fileform.c',
    'NSIS, Source/Platform.h (names of variables)',
    '7-Zip, NsisIn.cpp (versions, and names as it shows them)',
  ],
  limits: [
    'what only the running installer knows stays a variable in the path: `$PLUGINSDIR/System.dll`; what lies in `$INSTDIR` stands without it',
    'texts of the script, licences and values for the registry are not shown',
    'packed data whose targets of x86 calls were changed (the installer of 7-Zip itself) are not read',
    'DEFLATE as NSIS 2 has it is read where its blocks are not stored ones',
    'the CRC is compared where the bytes begin with the program of the installer',
    'offsets of 64 bits (NSISBI) are not read',
  ],
  magic: [{ bytes: SIGNATURE, at: SIGNATURE_AT }],
  carve: true,

  recognise(bytes, at) {
    const header = parseFirstHeader(bytes, at)
    return header && { start: at, end: Math.min(header.end, bytes.size) }
  },

  *open(bytes, region, problem) {
    const header = parseFirstHeader(bytes, region.start) as FirstHeader
    if (header.end > region.end)
      problem(
        'truncated',
        `${header.end - region.start} bytes are announced, ${region.end - region.start} are there`,
      )
    else if (crcMatches(bytes, region, header) === false)
      problem('checksum', 'the CRC of the installer differs')
    const packing = packingOf(bytes, header)
    if (!packing) throw new FormatError('truncated', 'nothing is left of its data')
    if (packing.solid) {
      const script = firstBytes(4 + header.headerSize, (write) =>
        unpackStream(bytes, header.dataAt, packing, write),
      ).subarray(4)
      const files = filesOf(script)
      yield {
        cost: header.end - region.start,
        entries: files.length,
        plan: { files, piecesAt: 4 + script.length },
      }
      return
    }
    const piece = pieceAt(bytes, header.dataAt)
    if (!piece) throw new FormatError('truncated', 'nothing is left of its data')
    const script = firstBytes(header.headerSize, (write) => unpackPiece(bytes, piece, packing, write))
    const piecesAt = piece.at + piece.length
    const costOf = ({ position }: ScriptFile) => pieceAt(bytes, piecesAt + position)?.length ?? 0
    for (const batch of inBatches(filesOf(script), costOf))
      yield { ...batch, plan: { files: batch.plan, piecesAt } }
  },

  read(bytes, region, { files, piecesAt }, sink) {
    const header = parseFirstHeader(bytes, region.start) as FirstHeader
    const packing = packingOf(bytes, header) as Packing
    const show = (file: ScriptFile, pieces: readonly Buffer[]) =>
      showPieces(bytes, region, file, pieces, sink)
    if (packing.solid)
      showTogether((write) => unpackStream(bytes, header.dataAt, packing, write), piecesAt, files, show, sink)
    else for (const file of files) showSingle(bytes, piecesAt + file.position, file, packing, show, sink)
  },
}

/** A file whose piece is packed by itself. */
function showSingle(
  bytes: Bytes,
  at: number,
  file: ScriptFile,
  packing: Packing,
  show: (file: ScriptFile, pieces: readonly Buffer[]) => void,
  sink: Sink,
): void {
  const piece = pieceAt(bytes, at)
  if (!piece) {
    sink.problem('truncated', 'the archive ends before its content', file.path)
    return
  }
  if (!file.uninstaller) {
    sink.stream(metaOf(file), (write) => {
      const end = piece.at + piece.length
      try {
        unpackPiece(bytes, piece, packing, write)
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error
        return { end, checksum: 'none', problem: { code: error.code, message: error.message } }
      }
      return { end, checksum: 'none' }
    })
    return
  }
  const second = pieceAt(bytes, piece.at + piece.length)
  const unpacked: Buffer[] = []
  try {
    for (const one of [piece, second]) if (one) unpacked.push(wholePiece(bytes, one, packing))
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    sink.problem(error.code === 'truncated' ? 'truncated' : 'structure', error.message, file.path)
    return
  }
  show(file, unpacked)
}

/** The program that uninstalls is small, in bytes. */
const MOST_UNINSTALLER = 64 * 1024 * 1024

function wholePiece(bytes: Bytes, piece: Piece, packing: Packing): Buffer {
  return wholeOf(MOST_UNINSTALLER, (write) => unpackPiece(bytes, piece, packing, write))
}

function showPieces(
  bytes: Bytes,
  region: Region,
  file: ScriptFile,
  pieces: readonly Buffer[],
  sink: Sink,
): void {
  const [first, archive] = pieces
  if (!file.uninstaller || !first || !archive) {
    if (first) sink.file(metaOf(file), first.length, (out) => out.set(first))
    return
  }
  const program = programBefore(bytes, region)
  if (!program) {
    sink.file(metaOf({ ...file, path: `${file.path}.nsis` }), archive.length, (out) => out.set(archive))
    return
  }
  const stub = Buffer.alloc(program.end)
  copyStretch(bytes, 0, stub)
  if (!patched(stub, first)) sink.problem('structure', 'its changes to the program do not hold', file.path)
  sink.file(metaOf(file), stub.length + archive.length, (out) => {
    out.set(stub)
    out.set(archive, stub.length)
  })
}

function metaOf({ path, mtime }: ScriptFile) {
  return { ...wrapped(path), ...(mtime !== undefined && { mtime }) }
}
