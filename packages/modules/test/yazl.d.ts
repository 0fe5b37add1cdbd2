/** The part of yazl that the tests use; it comes without types. */
declare module "yazl" {
  export class ZipFile {
    readonly outputStream: NodeJS.ReadableStream;
    addBuffer(content: Buffer, name: string, options?: { readonly mtime: Date }): void;
    end(): void;
  }
}
