using Lucene.Net.Store;

namespace LuceneLsr.Codecs.Lucene41;

/// <summary>Wraps the files that a directory opens in <see cref="SeekRecorder"/>s.</summary>
internal sealed class SeekRecordingDirectory(Lucene.Net.Store.Directory directory) : FilterDirectory(directory)
{
    /// <summary>Gets the file that was opened last.</summary>
    public SeekRecorder? LastOpened { get; private set; }

    public override IndexInput OpenInput(string name, IOContext context) =>
        LastOpened = new SeekRecorder(base.OpenInput(name, context));
}
