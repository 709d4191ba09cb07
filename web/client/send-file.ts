import { apiUrl, type Params } from "./base.ts";
import { ApiError, readAnswer } from "./fetch.ts";

interface FileSending {
  readonly type: string;
  readonly params?: Params;
  readonly signal?: AbortSignal;
  /** Bytes that went out so far; all of them while the server still works on the answer. */
  readonly onSent?: (bytes: number) => void;
}

/**
 * Sends a file as it lies on the disk, never whole in memory, and gives the answer as it came.
 * Errors: ApiError as `sendJson`, `file-unreadable` for a file that is gone or has changed since it was chosen; AbortError when it was called off.
 */
export function sendFile<Answer>(path: string, file: File, sending: FileSending): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { type, params, signal, onSent } = sending;
    // No `fetch`: it cannot say how far an upload is.
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    const settled = () => signal?.removeEventListener("abort", stop);
    request.open("POST", apiUrl(path, params));
    request.setRequestHeader("content-type", type);
    request.setRequestHeader("accept", "application/json");
    request.upload.onprogress = ({ loaded }) => onSent?.(Math.min(loaded, file.size));
    request.upload.onload = () => onSent?.(file.size);
    request.onloadend = settled;
    request.onabort = () => reject(calledOff());
    request.onerror = () => void whyFailed(file).then(reject);
    request.onload = () => {
      try {
        resolve(readAnswer<Answer>(request.status, request.responseText));
      } catch (error) {
        reject(error);
      }
    };
    if (signal?.aborted) return reject(calledOff());
    signal?.addEventListener("abort", stop);
    request.send(file);
  });
}

const calledOff = (): DOMException => new DOMException("The sending was called off.", "AbortError");

/** A browser does not say whether the way or the file broke; reading a byte of the file does. */
async function whyFailed(file: File): Promise<ApiError> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return ApiError.away();
  } catch {
    return new ApiError("file-unreadable", "The file was moved or changed on this device since it was chosen. Choose it again.");
  }
}
