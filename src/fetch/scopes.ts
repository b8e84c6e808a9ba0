// Which scopes a request asks for, unless the caller says so (the distribution specification's token
// scopes).

const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['POST', 'push,pull'],
  ['PUT', 'push,pull'],
  ['PATCH', 'push,pull'],
  ['DELETE', 'delete,pull'],
])

/**
 * The scopes of a request: `pull` for GET and HEAD, and for another repository that a blob is mounted
 * from.
 *
 * @param path - The request's path and query.
 */
export function scopesFor(method: string, repository: string, path: string): readonly string[] {
  const own = `repository:${repository}:${ACTIONS.get(method) ?? 'pull'}`
  const other = method === 'POST' ? mountedFrom(path) : undefined
  return other === undefined || other === repository ? [own] : [own, `repository:${other}:pull`]
}

/** The repository in `?mount=DIGEST&from=REPOSITORY`. */
function mountedFrom(path: string): string | undefined {
  const [, query = ''] = path.split('?', 2)
  const fields = query.split('&')
  if (!fields.some((field) => field.startsWith('mount='))) return undefined
  const from = fields.find((field) => field.startsWith('from='))?.slice('from='.length)
  if (!from) return undefined
  try {
    const repository = decodeURIComponent(from)
    return REPOSITORY.test(repository) ? repository : undefined
  } catch {
    return undefined
  }
}

/** What a scope can hold: nothing that would begin another action or scope. */
const REPOSITORY = /^[a-z0-9._/-]{1,255}$/
