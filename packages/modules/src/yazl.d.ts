/** The part of yazl that is used; it comes without types. */
declare module "yazl" {
  export class ZipFile {
    readonly outputStream: NodeJS.ReadableStream;
    addBuffer(content: Buffer, name: string, options?: { readonly mtime: Date }): void;
    /** The stream is asked for when its turn comes. */
    addReadStreamLazy(
      name: string,
      options: { readonly mtime: Date; readonly size: number },
      get: (opened: (error: unknown, stream: NodeJS.ReadableStream) => void) => void,
    ): void;
    on(event: "error", listener: (error: unknown) => void): this;
    end(): void;
  }
}
