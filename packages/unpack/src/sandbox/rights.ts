interface Permission {
  drop(scope: string): void
  has(scope: string): boolean
}

/** @throws when a right could not be given up: then nothing is read at all */
export function dropRights(): void {
  const permission = (process as unknown as { permission?: Permission }).permission
  if (!permission) throw new Error('the sandbox must run under the permission model')
  for (const right of ['worker', 'fs.read']) permission.drop(right)
  const left = ['fs.read', 'fs.write', 'worker', 'child', 'net', 'addon', 'inspector', 'wasi'].filter(
    (right) => permission.has(right),
  )
  if (left.length > 0) throw new Error(`the sandbox could not give up: ${left.join(', ')}`)
}
