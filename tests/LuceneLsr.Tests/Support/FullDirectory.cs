using Lucene.Net.Store;

namespace LuceneLsr.Tests.Support;

/// <summary>A directory in memory that runs out of space.</summary>
internal sealed class FullDirectory() : FilterDirectory(new RAMDirectory())
{
    /// <summary>Gets or sets the number of bytes that can still be written.</summary>
    public long FreeBytes { get; set; } = long.MaxValue;

    public override IndexOutput CreateOutput(string name, IOContext context) =>
        new Output(this, base.CreateOutput(name, context));

    private void Take(int bytes) => FreeBytes = FreeBytes >= bytes
        ? FreeBytes - bytes
        : throw new IOException("No space left on device.");

    private sealed class Output(FullDirectory directory, IndexOutput output) : IndexOutput
    {
        public override long Position => output.Position;

        public override long Checksum => output.Checksum;

        public override void WriteByte(byte b)
        {
            directory.Take(1);
            output.WriteByte(b);
        }

        public override void WriteBytes(byte[] b, int offset, int length)
        {
            directory.Take(length);
            output.WriteBytes(b, offset, length);
        }

        public override void Flush() => output.Flush();

        [Obsolete("Obsolete in Lucene.")]
        public override void Seek(long pos) => output.Seek(pos);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                output.Dispose();
            }
        }
    }
}
