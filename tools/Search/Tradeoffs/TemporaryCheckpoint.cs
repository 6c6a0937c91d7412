using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Checkpoints;

namespace LuceneLsr.Tools.Search.Tradeoffs;

/// <summary>A checkpoint as the quantize command writes it, in a directory that goes when it is disposed.</summary>
internal sealed class TemporaryCheckpoint : IDisposable
{
    /// <summary>Writes a checkpoint in a precision.</summary>
    /// <exception cref="CheckpointException">The checkpoint cannot be used.</exception>
    public TemporaryCheckpoint(string source, Precision precision)
    {
        using var loaded = Checkpoint.Load(source);
        Path = Directory.CreateTempSubdirectory("lsr-tradeoff-").FullName;
        try
        {
            loaded.SaveWithFilesOf(source, Path, precision);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
