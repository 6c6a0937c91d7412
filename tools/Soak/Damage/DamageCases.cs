namespace LuceneLsr.Tools.Soak.Damage;

/// <summary>Damages one file at a time, reads the folder, and restores the file.</summary>
internal sealed class DamageCases
{
    /// <summary>The damage changes nothing that is read.</summary>
    public const string Same = "same";

    /// <summary>An error that users are told to expect.</summary>
    public const string Refused = "refused";

    /// <summary>Other values are read, and CheckIndex finds the damage.</summary>
    public const string FoundByCheckIndex = "CheckIndex";

    /// <summary>Other values are read from a file that has no checksum, such as a text file.</summary>
    public const string OtherValues = "other values";

    /// <summary>Other values are read, although the files have checksums.</summary>
    public const string Silent = "silent";

    /// <summary>An error of another type than users are told to expect, or one that does not name the folder.</summary>
    public const string WrongError = "wrong error";

    private readonly DamageKind _kind;
    private readonly string _folder;
    private readonly int _seed;
    private readonly string[] _files;
    private readonly string _intact;

    /// <summary>
    /// Copies the intact files, because a case that ends its process leaves a damaged one, and reads them.
    /// </summary>
    /// <exception cref="InvalidOperationException">The intact files count as damaged.</exception>
    public DamageCases(DamageKind kind, string intactFolder, int seed)
    {
        (_kind, _folder, _seed) = (kind, $"{intactFolder}-damaged", seed);
        Copy(intactFolder, _folder);
        _files = [.. kind.ListFiles(_folder).Order(StringComparer.Ordinal)];
        _intact = kind.Read(_folder);
        if (kind.IsDetected(_folder))
        {
            throw new InvalidOperationException($"{kind.Name}: the intact files count as damaged.");
        }
    }

    /// <summary>Says which file a case damages, and how.</summary>
    public string Describe(int number)
    {
        var (path, mutation, _) = Choose(number);
        return $"{Path.GetFileName(path)}, {mutation.Name}";
    }

    /// <summary>Runs a case.</summary>
    public (string Outcome, string Detail) Run(int number)
    {
        var (path, mutation, random) = Choose(number);
        var intact = File.ReadAllBytes(path);
        try
        {
            File.WriteAllBytes(path, mutation.Apply(intact, random));
            return Read($"{Path.GetFileName(path)}, {mutation.Name}");
        }
        finally
        {
            File.WriteAllBytes(path, intact);
        }
    }

    private static void Copy(string source, string target)
    {
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private (string Outcome, string Detail) Read(string damage)
    {
        try
        {
            return (_kind.Read(_folder) == _intact ? Same
                : _kind.IsDetected(_folder) ? FoundByCheckIndex
                : _kind.HasChecksums ? Silent : OtherValues, damage);
        }
        catch (Exception exception)
        {
            return (_kind.IsExpected(exception) && NamesFile(exception) ? Refused : WrongError,
                $"{damage}: {exception.GetType().Name}: {exception.Message.Split('\n')[0]}");
        }
    }

    // Lucene names no file where it reads postings.
    private bool NamesFile(Exception exception) =>
        _kind.HasChecksums || exception.Message.Contains(_folder, StringComparison.Ordinal);

    private (string Path, Mutation Mutation, Random Random) Choose(int number)
    {
        var random = new Random((_seed * 1_000_003) + number);
        var path = _files[random.Next(_files.Length)];
        return (path, Mutation.Choose(random, DamageKind.IsText(path)), random);
    }
}
