using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Weights;

namespace LuceneLsr.Tools.Search.Tradeoffs;

/// <summary>A checkpoint in a temporary directory, as the quantize command writes it. Dispose deletes it.</summary>
internal sealed class TemporaryCheckpoint : IDisposable
{
    /// <summary>Converts a checkpoint to a precision.</summary>
    /// <exception cref="CheckpointException">The checkpoint cannot be used.</exception>
    public TemporaryCheckpoint(string source, Precision precision)
    {
        using var loaded = Checkpoint.Load(source);
        Path = Directory.CreateTempSubdirectory("lsr-tradeoff-").FullName;
        try
        {
            loaded.SaveWithFilesFrom(source, Path, precision);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets the directory.</summary>
    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
