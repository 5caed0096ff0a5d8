import { fstatSync, readSync, writeSync } from 'node:fs'
import { MOST_WORKBOOK, readWorkbook, WorkbookError, writeWorkbookJson } from '@messlatte/exchange'
import { dropRights } from '@messlatte/unpack'

const INPUT = 3
const OUTPUT = 1

/** The program of the sandbox that reads workbooks: gives up its rights, then reads the inherited file and tells its texts. */
function main(): void {
  dropRights()
  const bytes = Buffer.alloc(Math.min(fstatSync(INPUT).size, MOST_WORKBOOK + 1))
  let size = 0
  for (let read = -1; size < bytes.length && read !== 0; size += read)
    read = readSync(INPUT, bytes, size, bytes.length - size, size)
  write(Buffer.from(told(bytes.subarray(0, size)), 'utf8'))
}

function told(bytes: Uint8Array): string {
  try {
    return writeWorkbookJson({ sheets: readWorkbook(bytes) })
  } catch (error) {
    if (error instanceof WorkbookError) return writeWorkbookJson({ error: error.message })
    throw error
  }
}

function write(text: Buffer): void {
  for (let at = 0; at < text.length; ) at += writeSync(OUTPUT, text, at)
}

main()
