/** A value that can leave its thread without a copy. */
export interface Parcel {
  /** The value; its arrays are the same memory, except where they had to be copied. */
  readonly value: unknown;
  /** What a message has to move: the buffers of all arrays. */
  readonly buffers: ArrayBuffer[];
}

/**
 * Packs plain data (records, lists, maps, sets, typed arrays) for a message that moves its arrays. An array that takes
 * only part of its buffer is copied, because the rest belongs to somebody else; so is one in a WebAssembly memory or a
 * SharedArrayBuffer, which cannot be moved. A move leaves the arrays of the value with length 0.
 * @throws TypeError where there is a function or a symbol.
 */
export function pack(value: unknown): Parcel {
  const own = new Map<ArrayBufferLike, ArrayBuffer>();
  const packed = new Map<object, unknown>();

  function packView(view: ArrayBufferView): ArrayBufferView {
    const { buffer, byteOffset, byteLength } = view;
    if (byteLength < buffer.byteLength) {
      const copy = new Uint8Array(byteLength);
      copy.set(new Uint8Array(buffer, byteOffset, byteLength));
      own.set(copy.buffer, copy.buffer);
      return viewOn(copy.buffer, view);
    }
    if (!own.has(buffer)) own.set(buffer, ownBuffer(buffer));
    const kept = own.get(buffer)!;
    return kept === buffer ? view : viewOn(kept, view);
  }

  /** The copy is known before it is filled: a record may contain itself. */
  function packInto<T extends object>(object: object, copy: T, fill: (copy: T) => void): T {
    packed.set(object, copy);
    fill(copy);
    return copy;
  }

  function packObject(object: object): unknown {
    if (ArrayBuffer.isView(object)) return packView(object);
    if (Array.isArray(object)) {
      return packInto(object, new Array(object.length), (copy) => {
        for (let k = 0; k < object.length; k++) copy[k] = visit(object[k]);
      });
    }
    if (object instanceof Map) {
      return packInto(object, new Map(), (copy) => {
        for (const [key, item] of object) copy.set(visit(key), visit(item));
      });
    }
    if (object instanceof Set) {
      return packInto(object, new Set(), (copy) => {
        for (const item of object) copy.add(visit(item));
      });
    }
    if (Object.getPrototypeOf(object) !== Object.prototype) return object;
    return packInto(object, {} as Record<string, unknown>, (copy) => {
      for (const [key, item] of Object.entries(object)) copy[key] = visit(item);
    });
  }

  function visit(item: unknown): unknown {
    if (typeof item === "function" || typeof item === "symbol") {
      throw new TypeError(`a ${typeof item} cannot leave its thread`);
    }
    if (typeof item !== "object" || item === null) return item;
    if (!packed.has(item)) packed.set(item, packObject(item));
    return packed.get(item);
  }

  return { value: visit(value), buffers: [...own.values()] };
}

const WASM_PAGE = 65536;

/**
 * A buffer that can be moved, with the memory of the one given where that is possible. A WebAssembly memory is made of
 * whole pages, and nothing but a try tells whether a buffer of whole pages is one.
 */
function ownBuffer(buffer: ArrayBufferLike): ArrayBuffer {
  if (!(buffer instanceof ArrayBuffer)) return new Uint8Array(new Uint8Array(buffer)).buffer;
  if (buffer.byteLength === 0 || buffer.byteLength % WASM_PAGE !== 0) return buffer;
  try {
    return structuredClone(buffer, { transfer: [buffer] });
  } catch {
    return buffer.slice(0);
  }
}

/** The same view on another buffer, from its start. */
function viewOn(buffer: ArrayBuffer, view: ArrayBufferView): ArrayBufferView {
  if (view instanceof DataView) return new DataView(buffer);
  // A message turns a Buffer into a Uint8Array, and this does too: a Buffer may not be made from a buffer alone.
  if (view instanceof Uint8Array && !(view instanceof Uint8ClampedArray)) return new Uint8Array(buffer);
  return new (view.constructor as new (buffer: ArrayBuffer) => ArrayBufferView)(buffer);
}
