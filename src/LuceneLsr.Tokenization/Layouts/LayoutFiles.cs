namespace LuceneLsr.Tokenization.Layouts;

/// <summary>
/// Lists the files of a checkpoint directory, its subdirectory <c>onnx</c>, and the modules of a sentence-transformers
/// model, by the extensions that encoders read.
/// </summary>
internal static class LayoutFiles
{
    public const string WeightsExtension = ".safetensors", OnnxExtension = ".onnx", OnnxDataExtension = ".data";

    private static readonly string[] Extensions =
        [".json", ".model", ".txt", WeightsExtension, OnnxExtension, OnnxDataExtension];

    /// <summary>Enumerates the paths in a fixed order.</summary>
    public static IEnumerable<string> Enumerate(string directory) =>
        GetDirectories(directory).SelectMany(EnumerateTopLevel);

    /// <summary>Enumerates the paths, without those in subdirectories, in a fixed order.</summary>
    public static IEnumerable<string> EnumerateTopLevel(string directory) => Directory.EnumerateFiles(directory)
        .Where(path => Extensions.Contains(Path.GetExtension(path))).Order(StringComparer.Ordinal);

    private static IEnumerable<string> GetDirectories(string directory) =>
        File.Exists(Path.Combine(directory, SparseEncoderLayout.FileName))
            ? [directory, .. Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal)]
            : [directory, .. Directory.EnumerateDirectories(directory, "onnx")];
}
