namespace LuceneLsr.Tools.Soak.Damage;

/// <summary>A kind of files and the code that reads them.</summary>
/// <param name="name">The name in the table and on the command line.</param>
internal abstract class DamageKind(string name)
{
    private static readonly string[] TextExtensions = [".json", ".jsonl", ".txt", ".tsv"];

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<DamageKind> All { get; } =
    [
        new SegmentKind("segments, impact codec", usesImpactCodec: true),
        new SegmentKind("segments, Lucene's codec", usesImpactCodec: false),
        new TorchKind("checkpoint, safetensors"),
        new OnnxKind("checkpoint, ONNX"),
        new TermsKind("term space"),
        new VectorsKind("vectors"),
        new CollectionKind("collection"),
    ];

    /// <summary>Gets the name in the table and on the command line.</summary>
    public string Name => name;

    /// <summary>Gets whether the files have checksums, so that other values must not go unnoticed.</summary>
    public virtual bool HasChecksums => false;

    /// <summary>Returns whether a file is text, so that values may be replaced as well as bytes.</summary>
    public static bool IsText(string path) => TextExtensions.Contains(Path.GetExtension(path), StringComparer.Ordinal);

    /// <summary>Writes intact files.</summary>
    /// <param name="folder">The folder, which exists and is empty.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public abstract void Write(string folder, CancellationToken cancellationToken);

    /// <summary>Lists the files to damage.</summary>
    public virtual IEnumerable<string> ListFiles(string folder) => Directory.EnumerateFiles(folder);

    /// <summary>Reads the files and returns all that a user would get from them, as text.</summary>
    public abstract string Read(string folder);

    /// <summary>Returns whether an error is one that users are told to expect of damaged files.</summary>
    public abstract bool IsExpected(Exception exception);

    /// <summary>Returns whether the files are known to be damaged although they can be read, as by CheckIndex.</summary>
    public virtual bool IsDetected(string folder) => false;
}
