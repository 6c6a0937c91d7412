using LuceneLsr.Files;

namespace LuceneLsr.VectorFiles.Parts;

/// <summary>
/// The shards of one input that several machines encoded. It checks that all are there and fit together, and joins them
/// into one file.
/// </summary>
/// <remarks>
/// Each part has a manifest, "PATH.manifest.json", which its encoder writes. The check reads all files once and keeps at
/// most 60 bytes per id in memory.
/// </remarks>
public sealed class VectorFileParts
{
    private readonly List<string> _problems = [];
    private readonly List<VectorFileManifest> _manifests = [];

    private VectorFileParts(IReadOnlyList<VectorFilePart> parts) => Parts = parts;

    /// <summary>Gets the parts, in the order of their shards.</summary>
    public IReadOnlyList<VectorFilePart> Parts { get; }

    /// <summary>Gets what is wrong, one sentence each with its remedy; empty if the parts fit together.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Gets the number of texts in all parts.</summary>
    public long Texts => Parts.Sum(part => part.Texts);

    /// <summary>Checks parts.</summary>
    /// <param name="paths">The files, in any order. Manifests and incomplete files next to them may be among them.</param>
    /// <param name="cancellationToken">Checked for each record.</param>
    /// <exception cref="ArgumentException">There are no parts.</exception>
    public static VectorFileParts Check(IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var all = paths.ToList();
        var files = all.Where(path => !VectorFileNames.IsCompanion(path)).Distinct(StringComparer.Ordinal).ToList();
        var manifests = files.ToDictionary(path => path, TryReadManifest, StringComparer.Ordinal);
        var parts = new VectorFileParts([.. files
            .Select(path => Describe(path, manifests[path].Manifest))
            .OrderBy(part => Shard.TryParse(part.Shard, out var shard) ? shard.Number : int.MaxValue)]);
        if (all.Count == 0)
        {
            throw new ArgumentException("There are no parts to check.", nameof(paths));
        }

        parts._problems.AddRange(manifests.Values.Select(read => read.Problem).OfType<string>());
        parts.CheckIncomplete(all, files);
        parts._manifests.AddRange(parts.Parts.Select(part => manifests[part.Path].Manifest).OfType<VectorFileManifest>());
        parts.CheckSettings();
        parts.CheckShards();
        parts.CheckContents(cancellationToken);
        return parts;
    }

    /// <summary>
    /// Writes all parts into one file, in the order of their shards. Within a shard, texts have the order of the input.
    /// </summary>
    /// <param name="path">The file, compressed exactly if the parts are. It appears when it is complete.</param>
    /// <exception cref="InvalidOperationException">The parts have problems.</exception>
    /// <exception cref="ArgumentException">The file is one of the parts, or only it or only the parts end in .gz.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Join(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (_problems.Count > 0)
        {
            throw new InvalidOperationException($"The parts cannot be joined: {_problems[0]}");
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

    private static VectorFilePart Describe(string path, VectorFileManifest? manifest) =>
        new(path, manifest?.Shard, manifest?.Texts ?? 0, File.Exists(path) ? new FileInfo(path).Length : 0);

    private static (VectorFileManifest? Manifest, string? Problem) TryReadManifest(string path)
    {
        if (!File.Exists(path))
        {
            return (null, $"{path} does not exist. Check the path.");
        }

        try
        {
            var manifest = VectorFileManifest.Read(path);
            return Shard.TryParse(manifest.Shard, out _)
                ? (manifest, null)
                : (null, $"{VectorFileManifest.GetPath(path)}: '{manifest.Shard}' is no shard. Encode it again.");
        }
        catch (FileNotFoundException)
        {
            return (null, $"{path} has no manifest, {VectorFileManifest.GetPath(path)}. Copy it, or encode the shard again.");
        }
        catch (InvalidDataException error)
        {
            return (null, error.Message);
        }
    }

    private void CheckIncomplete(IEnumerable<string> all, IEnumerable<string> complete)
    {
        var started = all.Where(path => path.EndsWith(VectorFileNames.Partial, StringComparison.Ordinal))
            .Select(path => path[..^VectorFileNames.Partial.Length])
            .Concat(complete.Where(path => File.Exists(path + VectorFileNames.Partial)))
            .Distinct(StringComparer.Ordinal);
        _problems.AddRange(started.Select(
            path => $"{path} is incomplete: its encoder was interrupted or still runs. Repeat its command to resume."));
    }

    private void CheckSettings()
    {
        var first = _manifests.FirstOrDefault();
        foreach (var (part, manifest) in GetKnownParts().Skip(1))
        {
            if (first!.Settings.Keys.Union(manifest.Settings.Keys).FirstOrDefault(name =>
                first.Settings.GetValueOrDefault(name) != manifest.Settings.GetValueOrDefault(name)) is { } different)
            {
                _problems.Add(
                    $"{part.Path} was encoded with {different} {manifest.Settings.GetValueOrDefault(different, "none")}, "
                    + $"but {GetKnownParts().First().Part.Path} with "
                    + $"{first.Settings.GetValueOrDefault(different, "none")}. Encode one of them again.");
            }
        }
    }

    private void CheckShards()
    {
        var counts = GetShards().Select(known => known.Shard.Count).Distinct().Order().ToList();
        if (counts.Count > 1)
        {
            _problems.Add(
                $"The input was divided in different ways, into {string.Join(" and ", counts)} shards. "
                + "Name the parts of one division.");
            return;
        }

        foreach (var twice in GetShards().GroupBy(known => known.Shard).Where(group => group.Count() > 1))
        {
            _problems.Add(
                $"Shard {twice.Key} is there {twice.Count()} times: "
                + $"{string.Join(", ", twice.Select(known => known.Part.Path))}. Name only one of them.");
        }

        var present = GetShards().Select(known => known.Shard.Number).ToHashSet();
        var missing = Enumerable.Range(1, counts.FirstOrDefault()).Where(number => !present.Contains(number)).ToList();
        _problems.AddRange(missing.Select(
            number => $"Shard {number}/{counts[0]} is missing. Encode it with --shard {number}/{counts[0]}."));
        if (_problems.Count == 0)
        {
            CheckCounts();
        }
    }

    // Shards are dealt round-robin, so the number of all texts determines that of each shard.
    private void CheckCounts()
    {
        foreach (var (part, shard) in GetShards())
        {
            var expected = (Texts - shard.Number + shard.Count) / shard.Count;
            if (part.Texts != expected)
            {
                _problems.Add(
                    $"{part.Path} has {part.Texts:N0} texts, but shard {shard} of an input of {Texts:N0} has "
                    + $"{expected:N0}. The machines read different inputs. Encode the shards of one input.");
            }
        }
    }

    private void CheckContents(CancellationToken cancellationToken)
    {
        var ids = new DistinctIds();
        foreach (var (number, (part, manifest)) in GetKnownParts().Index())
        {
            if (part.Bytes != manifest.Bytes || VectorFileManifest.ComputeSha256(part.Path) != manifest.Sha256)
            {
                _problems.Add(
                    $"{part.Path} is not the file of its manifest: it has {part.Bytes:N0} bytes, and "
                    + $"{manifest.Bytes:N0} were written. Copy or encode it again.");
                continue;
            }

            foreach (var (line, id) in RecordIds.Read(part.Path))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (ids.Add(id, number) is { } other)
                {
                    ReportDuplicate(part, line, id, GetKnownParts().ElementAt(other).Part);
                    break; // one per part is enough to find the cause
                }
            }
        }
    }

    private void ReportDuplicate(VectorFilePart part, int line, string id, VectorFilePart other)
    {
        // Shards that are there twice, or of another division, have the same ids anyway and are reported as such.
        if (Shard.TryParse(part.Shard, out var shard) && Shard.TryParse(other.Shard, out var otherShard)
            && shard.Count == otherShard.Count && shard != otherShard)
        {
            _problems.Add(
                $"{part.Path}, line {line}: duplicate id '{id}', which {other.Path} has. Make the ids of the input unique.");
        }
    }

    private IEnumerable<(VectorFilePart Part, VectorFileManifest Manifest)> GetKnownParts() =>
        Parts.Where(part => part.Shard is not null).Zip(_manifests);

    private IEnumerable<(VectorFilePart Part, Shard Shard)> GetShards() => Parts
        .Select(part => (part, Shard: Shard.TryParse(part.Shard, out var shard) ? shard : null))
        .Where(known => known.Shard is not null)
        .Select(known => (known.part, known.Shard!));
}
