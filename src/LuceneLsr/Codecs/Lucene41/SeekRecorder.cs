using System.Runtime.CompilerServices;
using Lucene.Net.Store;

namespace LuceneLsr.Codecs.Lucene41;

/// <summary>Records the last seek of an input or of one of its clones.</summary>
internal sealed class SeekRecorder : IndexInput
{
    private readonly StrongBox<long> _lastSeek; // shared by all clones

    /// <summary>Records the seeks of an input.</summary>
    public SeekRecorder(IndexInput input)
        : this(input, new StrongBox<long>())
    {
    }

    private SeekRecorder(IndexInput input, StrongBox<long> lastSeek)
        : base("recorded " + input)
    {
        Input = input;
        _lastSeek = lastSeek;
    }

    /// <summary>Gets the input that does the reading.</summary>
    public IndexInput Input { get; }

    /// <summary>Gets the position of the last seek.</summary>
    public long LastSeek => _lastSeek.Value;

    public override long Position => Input.Position;

    public override long Length => Input.Length;

    public override void Seek(long pos)
    {
        _lastSeek.Value = pos;
        Input.Seek(pos);
    }

    public override byte ReadByte() => Input.ReadByte();

    public override void ReadBytes(byte[] b, int offset, int len) => Input.ReadBytes(b, offset, len);

    public override object Clone() => new SeekRecorder((IndexInput)Input.Clone(), _lastSeek);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Input.Dispose();
        }
    }
}
