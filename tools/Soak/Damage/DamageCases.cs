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

    /// <summary>An error of another type than users are told to expect, or one that does not name the file.</summary>
    public const string WrongError = "wrong error";

    private readonly DamageKind _kind;
    private readonly string _folder;
    private readonly int _seed;
    private readonly string[] _files;
    private readonly string _intact;

    /// <summary>Reads the intact files.</summary>
    public DamageCases(DamageKind kind, string folder, int seed)
    {
        (_kind, _folder, _seed) = (kind, folder, seed);
        _files = [.. kind.ListFiles(folder).Order(StringComparer.Ordinal)];
        _intact = kind.Read(folder);
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
