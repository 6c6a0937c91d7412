using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Files;

namespace LuceneLsr.Playground.Rules;

/// <summary>
/// The rules in use, in a file or in memory. A change names the state that it was made for, so that two people, or a
/// person and an editor of the file, never overwrite each other. Thread-safe.
/// </summary>
internal sealed class RuleBook
{
    private const int MaxUndo = 100;
    private const int MaxRules = 10_000;

    private readonly string? _path;
    private readonly Func<string, IEnumerable<string>> _getTextTerms;
    private readonly Lock _lock = new();
    private readonly LinkedList<RelevanceRules> _undo = [];
    private (DateTime Written, long Length)? _stamp; // of the file when it was read, or null to read it again
    private RuleSet _current;
    private int _changes;

    /// <summary>Opens the rules of a file, which need not exist, or keeps them in memory.</summary>
    /// <exception cref="InvalidDataException">The file is not valid. The message names file, line and rule.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public RuleBook(string? path, Func<string, IEnumerable<string>> getTextTerms)
    {
        (_path, _getTextTerms) = (path, getTextTerms);
        (_stamp, _current) = (GetStamp(), Load());
    }

    /// <summary>Gets the name of the file, or null.</summary>
    public string? FileName => Path.GetFileName(_path);

    /// <summary>Gets whether the last change can be undone.</summary>
    public bool CanUndo
    {
        get
        {
            lock (_lock)
            {
                return _undo.Count > 0;
            }
        }
    }

    /// <summary>
    /// Gets the rules. A file that changed is read again; if it is broken, the last valid rules stay.
    /// </summary>
    public RuleSet Read()
    {
        lock (_lock)
        {
            if (_path is not null && GetStamp() != _stamp)
            {
                _undo.Clear(); // it would undo somebody else's change, too
                Reload();
            }

            return _current;
        }
    }

    /// <summary>Changes the rules.</summary>
    /// <param name="version">The state that the change was made for.</param>
    /// <param name="change">Returns the new rules.</param>
    /// <exception cref="RuleConflictException">
    /// The rules have changed since, or their file is broken or cannot be written.
    /// </exception>
    /// <exception cref="ValidationException">The new rules are not valid.</exception>
    public RuleSet Change(string version, Func<RelevanceRules, RelevanceRules> change)
    {
        lock (_lock)
        {
            var before = RequireCurrent(version);
            Save(Apply(change, before));
            _undo.AddLast(before);
            if (_undo.Count > MaxUndo)
            {
                _undo.RemoveFirst();
            }

            return _current;
        }
    }

    /// <summary>Undoes the last change that was made here.</summary>
    /// <exception cref="RuleConflictException">
    /// The rules have changed since, their file is broken, or there is nothing to undo.
    /// </exception>
    public RuleSet Undo(string version)
    {
        lock (_lock)
        {
            RequireCurrent(version);
            var before = _undo.Last?.Value
                ?? throw new RuleConflictException("There is no change to undo. Remove rules from the list instead.");
            Save(before);
            _undo.RemoveLast();
            return _current;
        }
    }

    /// <summary>Applies a change.</summary>
    /// <exception cref="ValidationException">The new rules are not valid.</exception>
    public static RelevanceRules Apply(Func<RelevanceRules, RelevanceRules> change, RelevanceRules rules)
    {
        try
        {
            var changed = change(rules);
            return changed.Rules.Count <= MaxRules
                ? changed
                : throw new ValidationException($"There are {MaxRules} rules already. Remove some.");
        }
        catch (ArgumentException exception)
        {
            throw new ValidationException(ArgumentErrors.Describe(exception), exception);
        }
    }

    private RelevanceRules RequireCurrent(string version)
    {
        var current = Read();
        return current.Problem is { } problem
            ? throw new RuleConflictException($"{problem} Correct or remove the file; nothing was changed.")
            : current.Version == version
                ? current.Rules
                : throw new RuleConflictException(
                    "The rules have changed since, in another window or in the file. Look at them, then try again.");
    }

    private void Save(RelevanceRules rules)
    {
        if (_path is null)
        {
            _current = new(rules, (++_changes).ToString(CultureInfo.InvariantCulture));
            return;
        }

        try
        {
            rules.Save(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RuleConflictException(
                $"The rules file cannot be written. {exception.Message} Make it writable; nothing was changed.");
        }

        Reload();
    }

    // The stamp is taken first: a change while the file is read is seen the next time.
    private void Reload()
    {
        var stamp = GetStamp();
        try
        {
            (_current, _stamp) = (Load(), stamp);
        }
        catch (InvalidDataException exception)
        {
            (_current, _stamp) = (_current with { Problem = exception.Message }, stamp);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            (_current, _stamp) = (_current with { Problem = exception.Message }, null); // it may work the next time
        }
    }

    private RuleSet Load()
    {
        if (_path is null || !File.Exists(_path))
        {
            return new(new RelevanceRules([], SparseIndex.IdField, _getTextTerms), Version: "0");
        }

        var json = File.ReadAllBytes(_path);
        var rules = RelevanceRules.Parse(json, _path, _getTextTerms);
        Require.Data(
            rules.IdField == SparseIndex.IdField,
            $"{_path}: field 'id_field' is '{rules.IdField}', but ids are in the field '{SparseIndex.IdField}' here. "
            + "Correct it, or leave it out");
        return new(rules, Convert.ToHexStringLower(SHA256.HashData(json)));
    }

    private (DateTime Written, long Length) GetStamp() =>
        _path is not null && new FileInfo(_path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;
}
