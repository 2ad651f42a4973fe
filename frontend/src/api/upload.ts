import { csrfToken, problemFrom, type Problem } from './client'

/** Sends one form with its progress, 0 to 1. `fetch` can't tell how far an upload is, therefore XMLHttpRequest. */
export function upload<T>(path: string, form: FormData, onProgress: (share: number) => void, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject: (problem: Problem) => void) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('Accept', 'application/json, application/problem+json')
    const token = csrfToken()
    if (token !== undefined) request.setRequestHeader('X-XSRF-TOKEN', token)
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total)
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as T)
      else reject(problemFrom(request.status, request.responseText, request.statusText))
    }
    request.onerror = () => reject(problemFrom(0, '{"code":"unreachable","title":"The server could not be reached","detail":"Check your connection, then try again."}', ''))
    request.onabort = () => reject(problemFrom(0, '{"code":"cancelled","title":"Cancelled"}', ''))
    signal?.addEventListener('abort', () => request.abort())
    request.send(form)
  })
}
