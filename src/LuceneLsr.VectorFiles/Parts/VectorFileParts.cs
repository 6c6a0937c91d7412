using LuceneLsr.Files;

namespace LuceneLsr.VectorFiles.Parts;

/// <summary>
/// The shards of one input that several machines encoded. It checks that all are there and fit together, and joins
/// them into one file.
/// </summary>
/// <remarks>
/// Each part has a manifest, "PATH.manifest.json", which its encoder writes. The check reads all files once and keeps
/// at most 60 bytes per id in memory.
/// </remarks>
public sealed class VectorFileParts
{
    private VectorFileParts(IReadOnlyList<VectorFilePart> parts, IReadOnlyList<string> problems) =>
        (Parts, Problems) = (parts, problems);

    /// <summary>Gets the parts, in the order of their shards.</summary>
    public IReadOnlyList<VectorFilePart> Parts { get; }

    /// <summary>Gets what is wrong, one sentence each with its remedy; empty if the parts fit together.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Gets the number of texts in all parts.</summary>
    public long Texts => Parts.Sum(part => part.Texts);

    /// <summary>Checks parts.</summary>
    /// <param name="paths">
    /// The files, in any order. Manifests and incomplete files next to them may be among them.
    /// </param>
    /// <param name="cancellationToken">Checked for each record.</param>
    /// <exception cref="ArgumentException">There are no parts.</exception>
    public static VectorFileParts Check(IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var all = paths.ToList();
        if (all.Count == 0)
        {
            throw new ArgumentException("There are no parts to check.", nameof(paths));
        }

        string[] files = [.. all.Where(path => !VectorFileNames.IsCompanion(path)).Distinct(StringComparer.Ordinal)];
        var read = files.Select(path => (Path: path, Result: ManifestedPart.TryRead(path)))
            .OrderBy(file => file.Result.Part?.Shard.Number ?? int.MaxValue).ToList();
        List<string> problems =
        [
            .. read.Select(file => file.Result.Problem).OfType<string>(), .. FindIncomplete(all, files),
        ];
        AddProblems([.. read.Select(file => file.Result.Part).OfType<ManifestedPart>()], problems, cancellationToken);
        return new(
            [.. read.Select(file => file.Result.Part?.Part ?? ManifestedPart.Describe(file.Path, manifest: null))],
            problems);
    }

    /// <summary>
    /// Writes all parts into one file, in the order of their shards. Within a shard, texts have the order of the input.
    /// </summary>
    /// <param name="path">The file, compressed exactly if the parts are. It appears when it is complete.</param>
    /// <exception cref="InvalidOperationException">The parts have problems.</exception>
    /// <exception cref="ArgumentException">
    /// The file is one of the parts, or only it or only the parts end in .gz.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Join(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Problems.Count > 0)
        {
            throw new InvalidOperationException($"The parts cannot be joined: {Problems[0]}");
        }

        if (Parts.FirstOrDefault(part => RealPath.Resolve(part.Path) == RealPath.Resolve(path)) is { } same)
        {
            throw new ArgumentException($"{path} is one of the parts. Name another file.", nameof(path));
        }

        if (Parts.FirstOrDefault(part => GzipFile.HasExtension(part.Path) != GzipFile.HasExtension(path)) is { } other)
        {
            throw new ArgumentException(
                $"Either both or none of {other.Path} and {path} must end in .gz. Name another file.", nameof(path));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(path, file =>
        {
            foreach (var part in Parts)
            {
                using var source = File.OpenRead(part.Path);
                source.CopyTo(file); // a gzip file is a sequence of members (RFC 1952)
            }
        });
    }

    private static IEnumerable<string> FindIncomplete(IEnumerable<string> all, IEnumerable<string> complete) =>
        all.Where(path => path.EndsWith(VectorFileNames.Partial, StringComparison.Ordinal))
            .Select(path => path[..^VectorFileNames.Partial.Length])
            .Concat(complete.Where(path => File.Exists(path + VectorFileNames.Partial)))
            .Distinct(StringComparer.Ordinal)
            .Select(path =>
                $"{path} is incomplete: its encoder was interrupted or still runs. Repeat its command to resume.");

    private static void AddProblems(
        IReadOnlyList<ManifestedPart> parts, List<string> problems, CancellationToken cancellationToken)
    {
        var checks = new PartChecks(parts);
        problems.AddRange(checks.FindOtherSettings());
        problems.AddRange(checks.FindWrongShards());
        if (problems.Count == 0)
        {
            problems.AddRange(checks.FindWrongCounts());
        }

        problems.AddRange(checks.FindWrongContents(cancellationToken));
    }
}
