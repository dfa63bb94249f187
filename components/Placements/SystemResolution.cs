using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Placements;

/// <summary>
/// Resolves a system for a stack: declares it, lays the environment and the stack file over its arguments, places its components, and
/// checks what holds whatever the cloud. Nothing is thrown; everything is collected.
/// </summary>
internal static partial class SystemResolution
{
    private static readonly Rule Declares = Rule.Error("system-declaration", "The system can be declared");
    private static readonly Rule Readable = Rule.Error("arguments-unreadable", "The arguments of a component can be read");
    private static readonly Rule Builds = Rule.Error("system-empty", "The system has a component");
    private static readonly Rule DomainNamed = Rule.Error("domain-missing", "Stacks name the domain that their system uses");
    private static readonly Rule Guarded = Rule.Warning("stack-unprotected", "Production is protected against deletion");
    private static readonly Rule NameForm = Rule.Error("component-name", "Components have names that every cloud accepts, each once");
    private static readonly Rule AddedOnce = Rule.Error("component-added-twice", "A component is added to the model once");
    private static readonly Rule Single = Rule.Error("foundation-single", "A system has one network and one registry at most");
    private static readonly Rule ReferenceHeld = Rule.Error("reference-undeclared", "Components refer to components of the same model");
    private static readonly Rule LinkHeld = Rule.Error("link-undeclared", "Links lead to components of the same model");
    private static readonly Rule LinkIntent = Rule.Error("link-intent", "A link's intent is one that its target allows");
    private static readonly Rule LinkPrefix = Rule.Error(
        "link-prefix",
        "The variables of links and of the environment have different names");
    private static readonly Rule TextSource = Rule.Error(
        "text-source",
        "Texts are composed of keys of what their consumer is linked to");
    private static readonly Rule PlainText = Rule.Notable("text-secret", "What containers are given holds no secret in plain text");
    private static readonly Rule RepositoryFile = Rule.Error(
        "repository-file",
        "Files of the repository that texts are read from can be read");
    private static readonly Rule LinkOnce = Rule.Error("link-twice", "A consumer has one link to a target");
    private static readonly Rule LinkName = Rule.Error("link-name", "Logins and keys of links have different names");
    private static readonly Rule Usual = Rule.Notable("weaker-than-usual", "Production promises what is usual for its kinds");
    private static readonly Rule LoginMissing = Rule.Error("registry-login", "Passwords of registries are given");
    private static readonly Rule ImageMissing = Rule.Error("image-missing", "Every service and job has an image");
    private static readonly Rule ImageForm = Rule.Error("image-reference", "Images are named by references");
    private static readonly Rule ImageDigest = new(
        "image-digest", "Production runs images by digest", Severity.Error, Severity.Info, Severity.Info, CanBeWaived: true);

    private static readonly Rule ImageTag = new(
        "image-tag",
        "Images are named by what never means another one",
        Severity.Warning,
        Severity.Warning,
        Severity.Warning,
        CanBeWaived: true);

    private static readonly Rule ImageRegistry = Rule.Error(
        "image-registry",
        "Images without a registry lie in one that the system declares");

    /// <summary>Resolves a system. The blueprint may be built only when the findings hold no error.</summary>
    /// <param name="system">The system.</param>
    /// <param name="settings">The stack's settings.</param>
    /// <param name="kinds">Every kind of component.</param>
    /// <param name="findings">Where findings go.</param>
    /// <returns>The blueprint; one without components where the system cannot be resolved at all.</returns>
    public static Blueprint Resolve(SystemDeclaration system, StackSettings settings, IReadOnlyList<ComponentKind> kinds, Findings findings)
    {
        var declared = new Model(settings.Domain, settings.Domains);
        if (!TryDeclare(system, declared, findings)) return new(new Model(), settings, []);
        if (declared.AsksForDomain && settings.Domain is null)
        {
            findings.Report(
                DomainNamed,
                null,
                $"'{settings.System}' uses the stack's domain, and infra:domain is missing; allowed: a domain such as example.org. "
                + "Set it in the stack's file, or ask model.HasDomain first, and let a link to the load balancer say where it is found.");
        }

        foreach (var zone in declared.AsksForDomainsOf)
        {
            findings.Report(
                DomainNamed,
                null,
                $"'{settings.System}' uses the domain of '{zone}', and infra:domains.{zone} is missing; allowed: a domain such as "
                + "example.com. Set it in the stack's file.");
        }

        if (declared.Components.Count == 0)
        {
            findings.Report(
                Builds,
                null,
                $"'{settings.System}' declares nothing; allowed: one component at least, such as a ContainerService. Add one.");
        }

        if (settings is { Protected: false, Environment: EnvironmentKind.Production })
        {
            findings.Report(
                Guarded,
                null,
                "infra:protected is false, so that an update deletes whatever leaves the system; allowed: true, but for taking something "
                + "down. Remove the setting once that is done.");
        }

        var implied = new HashSet<string>();
        foreach (var kind in kinds)
        {
            if (kind.Default is not { } usual || declared.Components.Any(component => component.Kind == kind)) continue;
            implied.Add(declared.Add(usual).Name);
        }

        CheckNames(declared, findings);
        // What cannot be told apart cannot be looked up by name.
        if (declared.Components.DistinctBy(component => component.Name).Count() < declared.Components.Count)
            return new(new Model(), settings, []);
        CheckRegistryLogins(settings, findings);

        var model = Resolve(declared, settings, findings);
        if (model is not null) settings = AddMovers(model, AddWhatIsImplied(model, settings, implied), implied);
        CheckNamesInSettings(model ?? declared, settings, findings);
        if (model is null) return new(new Model(), settings, []);
        findings.Attempt(null, () => CheckDecisions(model, settings, findings));
        CheckReferences(model, findings);
        CheckLinks(model, findings);
        foreach (var kind in kinds) findings.Attempt(null, () => kind.Check(model, findings));
        CheckImages(model, settings, findings);
        var passages = new Passages(model, settings);
        MigrationChecks.Check(model, passages, settings, findings);
        var blueprint = new Blueprint(model, settings, StandingPlan.Of(model, passages, settings))
        {
            Implied = [.. model.Components.Where(component => implied.Contains(component.Name))],
        };
        foreach (var cloud in blueprint.Clouds) RelayPorts.Check(blueprint, cloud, findings);
        CheckNamesAcrossClouds(blueprint, findings);
        return blueprint;
    }

    private static bool TryDeclare(SystemDeclaration system, Model model, Findings findings)
    {
        try
        {
            // A system's code is somebody's: whatever it does, the author gets a sentence and a place.
            system.Declare(model);
            return true;
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or InsufficientExecutionStackException))
        {
            findings.Report(
                Declares,
                null,
                $"The system '{system.Name}' cannot be declared: {exception.GetType().Name}{PlaceOf(exception, system)}: "
                + $"{Findings.FirstLine(exception)} Correct its Declare.");
            return false;
        }
    }

    // The line of the system's own that was running, rather than the one in a library that gave up.
    private static string PlaceOf(Exception exception, SystemDeclaration system)
    {
        var frames = new System.Diagnostics.StackTrace(exception, fNeedFileInfo: true).GetFrames();
        var own = frames.FirstOrDefault(frame =>
            frame.GetMethod()?.DeclaringType?.Assembly == system.GetType().Assembly && frame.GetFileName() is not null);
        return own is null ? $" in {system.GetType().Name}" : $" at {Path.GetFileName(own.GetFileName())}:{own.GetFileLineNumber()}";
    }

    private static string Unreadable(Exception exception) =>
        $"Its arguments cannot be read ({exception.GetType().Name}: {Findings.FirstLine(exception)}); allowed: "
        + "a value for every argument that its class demands. Give every argument of it a value other than null.";

    private static void CheckNames(Model model, Findings findings)
    {
        foreach (var component in model.Components.Where(component => !ComponentName().IsMatch(component.Name)))
        {
            findings.Report(
                NameForm,
                component.Name,
                $"The name '{component.Name}' is not allowed; allowed: 2 to 40 characters of a-z, 0-9 and single hyphens, starting with a "
                + "letter and not ending with a hyphen. Rename it.");
        }

        foreach (var alike in model.Components.GroupBy(component => component.Name).Where(group => group.Count() > 1))
        {
            if (alike.Distinct().Count() == 1)
            {
                findings.Report(
                    AddedOnce,
                    alike.Key,
                    $"'{alike.Key}' is added {alike.Count()} times; allowed: once. Remove the other calls of Add.");
                continue;
            }

            findings.Report(
                NameForm,
                alike.Key,
                $"The name '{alike.Key}' is used by {alike.Count()} components "
                + $"({string.Join(", ", alike.Select(component => component.Kind))}); allowed: every name once. Rename all but one.");
        }

        foreach (var several in model.Components
            .Where(component => component.Kind.IsSingle)
            .GroupBy(component => component.Kind)
            .Where(group => group.Count() > 1))
        {
            findings.Report(
                Single,
                several.ElementAt(1).Name,
                $"{several.Count()} components of kind {several.Key} are declared "
                + $"({string.Join(", ", several.Select(component => component.Name))}); allowed: one in a system. Remove the others.");
        }
    }

    private static void CheckNamesInSettings(Model model, StackSettings settings, Findings findings)
    {
        var placeable = model.Components
            .Where(component => component.Kind is { IsFoundation: false, FollowsConsumers: false })
            .Select(component => component.Name)
            .ToList();
        Check("infra:placement", settings.Placement.Keys, placeable, "components that can be placed");
        Check(
            "infra:images",
            settings.Images.Keys,
            model.Components.OfType<Consumer>().SelectMany(consumer => consumer.Container.Others
                .Select(container => StackSettings.ImageKey(consumer, container))
                .Prepend(consumer.Name)),
            "services and jobs");
        Check(
            "infra:domains",
            settings.Domains.Keys,
            model.Components.Where(component => component.Kind.HasDomain).Select(component => component.Name),
            "zones");
        Check(
            "infra:migration.components",
            settings.Migration?.Components.Keys ?? [],
            model.Components.Where(component => component is not IMover).Select(component => component.Name),
            "components");
        Check(
            "infra:migration.ways",
            settings.Migration?.Ways.Keys ?? [],
            model.Components.Where(component => component is not IMover).Select(component => component.Name),
            "components");
        Check(
            "infra:migration.sources",
            settings.Migration?.Sources.Keys ?? [],
            model.Components.Where(component => component is not IMover).Select(component => component.Name),
            "components");
        Check("infra:components", settings.Components.Keys, model.Components.Select(component => component.Name), "components");
        Check(
            "infra:secrets",
            settings.Secrets.Keys,
            model.Components
                .Where(component => component.Kind.TakesSecret)
                .Select(component => component.Name)
                .Concat(settings.Registries.Values.Select(login => login.Password)),
            "secrets");
        Check(
            "infra:registries",
            settings.Registries.Keys,
            settings.Images.Values.Select(ImageName.RegistryOf).OfType<string>(),
            "registries of infra:images");
        Check(
            "infra:relayPorts",
            settings.RelayPorts.Keys,
            model.Components.Where(component => component.Kind.ReachOf(component) == Reach.Relay).Select(component => component.Name),
            "components that a relay can lead to");

        Check(
            "infra:figures",
            settings.Figures.Keys.Where(name => name.Length > 0),
            model.Components.Select(component => component.Name),
            "components");

        void Check(string key, IEnumerable<string> names, IEnumerable<string> known, string what)
        {
            var allowed = known.ToHashSet();
            foreach (var name in names.Where(name => !allowed.Contains(name)))
            {
                findings.Report(
                    SettingNames.Unknown,
                    null,
                    $"{key} names '{name}', which '{settings.System}' does not have; allowed {what}: {string.Join(", ", allowed)}."
                    + $"{Spelling.Suggestion(name, allowed)} Correct the name or remove it.");
            }
        }
    }

    private static void CheckRegistryLogins(StackSettings settings, Findings findings)
    {
        foreach (var (host, login) in settings.Registries)
        {
            if (settings.Secrets.GetValueOrDefault(login.Password) is GivenSecret) continue;
            var secret = $"infra:secrets.{login.Password}";
            findings.Report(
                LoginMissing,
                null,
                $"infra:registries.{host}.password is '{login.Password}', and {secret} "
                + $"{(settings.Secrets.ContainsKey(login.Password) ? "exists already, where nothing here can read it" : "is missing")}; "
                + $"allowed: the name of a secret that is given. Give it with \"pulumi config set --secret --path '{secret}'\".");
        }
    }

    // Null where a component's arguments cannot even be read: one is missing that the class demands, and the compiler was told otherwise.
    private static Model? Resolve(Model declared, StackSettings settings, Findings findings)
    {
        var profile = EnvironmentProfile.Of(settings.Environment);
        var resolved = new Dictionary<Component, Component>(ReferenceEqualityComparer.Instance);
        var model = new Model();
        var complete = true;
        foreach (var component in declared.Components)
        {
            var name = component.Name;
            complete &= findings.Try(Readable, name, Unreadable, () =>
            {
                Enumerations.Check(component.Arguments, new Guard(findings, name, component.Kind.ArgumentRule));
                var arguments = component.Arguments.For(profile);
                if (arguments.Tweaks.Count > 0)
                    arguments = arguments with { Tweaks = [.. arguments.Tweaks.Select(tweak => tweak.For(profile))] };
                if (settings.Components.TryGetValue(name, out var overrides))
                    arguments = ArgumentOverrides.Apply(arguments, overrides, $"infra:components.{name}", name, findings);
                if (settings.Secrets.TryGetValue(name, out var source)) arguments = arguments.From(source);
                if (settings.Domains.TryGetValue(name, out var own)) arguments = arguments.Called(own);
                if (settings.Domain is { } domain) arguments = arguments.Within(domain);
                resolved.Add(component, model.Add(component.With(arguments)));
            });
        }

        var references = new References(resolved);
        foreach (var component in model.Components)
        {
            complete &= findings.Try(Readable, component.Name, Unreadable, () =>
            {
                component.Refer(references);
                _ = component.References.Count();
            });
        }

        if (!complete) return null;
        if (settings.Migration is not null)
        {
            var passages = new Passages(model, settings);
            foreach (var component in model.Components) component.Enter(entrance => passages.ShareOf(component, entrance));
        }

        foreach (var component in model.Components)
        {
            var guard = new Guard(findings, component.Name, component.Kind.ArgumentRule);
            complete &= findings.Try(Readable, component.Name, Unreadable, () => component.Arguments.Check(guard));
        }

        return complete ? model : null;
    }

    // What nobody declares has the images that it comes with, unless the stack file names others.
    private static StackSettings AddWhatIsImplied(Model model, StackSettings settings, HashSet<string> implied)
    {
        var passages = new Passages(model, settings);
        return Add(model, settings, implied, component => component.Kind.Implies(component, model, ServingOf(component)));

        Cloud ServingOf(Component component) =>
            passages.Of(component) is { HasArrived: true } passage ? passage.To : passages.PlaceOf(component);
    }

    private static StackSettings AddMovers(Model model, StackSettings settings, HashSet<string> implied)
    {
        if (settings.Migration is null) return settings;
        var passages = new Passages(model, settings);
        return Add(model, settings, implied, component =>
            passages.MoveOf(component, model) is { } move ? component.Kind.Moves(move) : []);
    }

    private static StackSettings Add(
        Model model,
        StackSettings settings,
        HashSet<string> implied,
        Func<Component, IEnumerable<Implied>> following)
    {
        var images = settings.Images.ToDictionary();
        foreach (var follows in model.Components.ToList().SelectMany(following))
        {
            implied.Add(model.Add(follows.Consumer).Name);
            foreach (var (name, image) in follows.Images) images.TryAdd(name, image);
        }

        return settings with { Images = images };
    }

    // Elsewhere the environment itself reduces what production needs.
    private static void CheckDecisions(Model model, StackSettings settings, Findings findings)
    {
        if (settings.Environment != EnvironmentKind.Production) return;
        foreach (var component in model.Components)
        {
            foreach (var decision in component.Arguments.Decisions)
            {
                if (decision.Usual is not { } usual) continue;
                findings.Report(
                    Usual,
                    component.Name,
                    $"{decision.What} is {decision.Value}; usual for a {component.Kind} in production: {usual}. Change it in the system or "
                    + "in infra:components, or accept it by a waiver.");
            }
        }
    }

    private static void CheckReferences(Model model, Findings findings)
    {
        foreach (var component in model.Components)
        {
            foreach (var reference in component.References.Where(reference => !model.Holds(reference)))
            {
                findings.Report(
                    ReferenceHeld,
                    component.Name,
                    $"It refers to '{reference.Name}', which the model does not hold; allowed: components that were added. "
                    + $"Add '{reference.Name}' to the model.");
            }
        }
    }

    private static void CheckLinks(Model model, Findings findings)
    {
        foreach (var link in model.Links)
        {
            if (!model.Holds(link.Target))
            {
                findings.Report(
                    LinkHeld,
                    link.Consumer.Name,
                    $"It is linked to '{link.Target.Name}', which the model does not hold; allowed: components that were added. "
                    + $"Add '{link.Target.Name}' to the model.");
                continue;
            }

            var allowed = link.Target.Kind.IntentsOn(link.Target);
            if (!allowed.Contains(link.Intent))
            {
                var intents = allowed.Count == 0 ? "no link at all" : string.Join(", ", allowed.Select(Verb));
                findings.Report(
                    LinkIntent,
                    link.Consumer.Name,
                    $"The link to '{link.Target.Name}' is '{Verb(link.Intent)}'; a {link.Target.Kind} allows: {intents}. Change the link.");
            }

            if (!Prefix().IsMatch(link.Prefix))
            {
                findings.Report(
                    LinkPrefix,
                    link.Consumer.Name,
                    $"The link to '{link.Target.Name}' has the prefix '{link.Prefix}'; allowed: "
                    + "upper-case letters, digits and underscores that start with a letter. Change the prefix.");
            }
        }

        foreach (var consumer in model.Components.OfType<Consumer>()) CheckVariables(consumer, findings);
        foreach (var twice in model.Links.GroupBy(link => (link.Consumer, link.Prefix)).Where(group => group.Count() > 1))
        {
            findings.Report(
                LinkPrefix,
                twice.Key.Consumer.Name,
                $"{twice.Count()} links have the prefix '{twice.Key.Prefix}'; allowed: every prefix once. "
                + "Remove a link or give it another prefix.");
        }

        // What carries data from one copy of a store to the other has a login at each.
        foreach (var twice in model.Links
            .Where(link => link.Consumer is not IMover)
            .GroupBy(link => (link.Consumer, link.Target))
            .Where(group => group.Count() > 1))
        {
            findings.Report(
                LinkOnce,
                twice.Key.Consumer.Name,
                $"{twice.Count()} links lead to '{twice.Key.Target.Name}' ({string.Join(", ", twice.Select(link => Verb(link.Intent)))}); "
                + "allowed: one, because it has one login there. Keep the one whose intent includes the others.");
        }

        CheckNamesOfLinks(model, findings);
    }

    // A link sets the variables that it names, or those of its target's keys, and nothing else that begins with its prefix.
    private static void CheckVariables(Consumer consumer, Findings findings)
    {
        foreach (var same in consumer.Variables.GroupBy(variable => variable.Name).Where(group => group.Count() > 1))
        {
            var setters = same.Select(variable => variable.Link is { } link ? $"the link to '{link.Target.Name}'" : "Environment");
            findings.Report(
                LinkPrefix,
                consumer.Name,
                $"'{same.Key}' is set by {string.Join(" and by ", setters)}; allowed: every variable once. "
                + "Rename a variable or give a link another prefix.");
        }

        var guard = new Guard(findings, consumer.Name, consumer.Kind.ArgumentRule);
        foreach (var link in consumer.Links.Where(link => link.Named is not null))
        {
            foreach (var variable in link.Named!.Keys)
                ContainerArgs.CheckName($"A variable of the link to '{link.Target.Name}'", variable, guard);
        }

        CheckTexts(consumer, "", consumer.Variables.Select(variable => (variable.Name, variable.Text)), consumer.Container.Files, findings);
        foreach (var sidecar in consumer.Container.Sidecars)
        {
            var variables = sidecar.Environment.Select(variable => (variable.Key, variable.Value));
            CheckTexts(consumer, $" of '{sidecar.Name}'", variables, sidecar.Files, findings);
        }

        foreach (var (argument, word) in consumer.Container.Words)
            CheckPlainText(consumer, $"A word of {argument}", "", word, findings);
    }

    private static void CheckTexts(
        Consumer consumer,
        string whose,
        IEnumerable<(string Name, Text Text)> variables,
        Files files,
        Findings findings)
    {
        foreach (var (name, text) in variables)
        {
            CheckText(consumer, $"The variable '{name}'{whose}", text, isFile: false, findings);
            CheckPlainText(consumer, $"The variable '{name}'{whose}", name, text.ToString(), findings);
        }

        foreach (var (path, text) in files)
        {
            CheckText(consumer, $"The file '{path}'{whose}", text, isFile: true, findings);
            CheckPlainText(consumer, $"The file '{path}'{whose}", path[(path.LastIndexOf('/') + 1)..], text.ToString(), findings);
        }
    }

    // The text is repeated nowhere: where the guess is right, it is a secret.
    private static void CheckPlainText(Consumer consumer, string where, string name, string text, Findings findings)
    {
        if (PlainSecret.In(name, text) is not { } what) return;
        findings.Report(
            PlainText,
            consumer.Name,
            $"{where} looks like {what} in plain text, which everyone reads who reads the code, the stack file, plans or the container's "
            + "definition; allowed: a Secret in a variable or file, as it is or in a text of more. Declare one and write it there, give "
            + "its value with 'pulumi config set --secret --path infra:secrets.<name>', and take another value than this one, which is "
            + "known.");
    }

    private static void CheckText(Consumer consumer, string what, Text text, bool isFile, Findings findings)
    {
        foreach (var file in text.AllParts.OfType<TextPart.RepositoryFile>())
        {
            findings.Report(
                RepositoryFile,
                consumer.Name,
                $"{what} is read from '{file.Path}', which {file.Problem}. Correct the path or the file.");
        }

        foreach (var value in text.Values)
        {
            var (target, key) = (value.Key.Target, value.Key.Name);
            var keys = target.Kind.ConnectionKeys.Select(known => known.Name).ToList();
            if (!consumer.Links.Any(link => link.Target == target))
            {
                var linked = consumer.Links.Select(link => $"'{link.Target.Name}'").Distinct().ToList();
                findings.Report(
                    TextSource,
                    consumer.Name,
                    $"{what} is composed of {key} of '{target.Name}', to which '{consumer.Name}' is not linked; allowed: "
                    + $"{(linked.Count == 0 ? "literal text" : $"keys of {string.Join(", ", linked)}")}. Link it to '{target.Name}' or "
                    + "correct the text.");
            }
            else if (!keys.Contains(key))
            {
                findings.Report(
                    TextSource,
                    consumer.Name,
                    $"{what} is composed of {key} of '{target.Name}'; allowed for a {target.Kind}: {string.Join(", ", keys)}."
                    + $"{Spelling.Suggestion(key, keys)} Correct the key; braces that stand for themselves are doubled.");
            }

            if (value.Unread is { } format) Misspelled($"{key} of '{target.Name}'", format);
            if (Text.IsOfKeys(value.Format) && !target.Kind.IsSecretValue)
                Misspelled($"{key} of '{target.Name}', which is no private key,", Text.SpellingOf(value.Format));
        }

        CheckMembers(consumer, what, text, isFile, findings);
        foreach (var part in text.AllParts)
        {
            if (part is TextPart.Inner { Unread: { } format }) Misspelled("another text", format);
            if (part is TextPart.Choice { Word: { } word } choice) CheckWord(consumer, what, choice.Key, word, findings);
        }

        void Misspelled(string value, string format) => findings.Report(
            TextSource,
            consumer.Name,
            $"{what} writes {value} as '{format}'; allowed: {Text.AllowedFormats}, or nothing. Correct the format.");
    }

    // A member knows itself by its environment alone, which is the same for all of them but for its own facts.
    private static void CheckMembers(Consumer consumer, string what, Text text, bool isFile, Findings findings)
    {
        foreach (var each in text.AllParts.OfType<TextPart.Each>())
        {
            if (each.Key is { } key && key.Target.Kind.ConnectionKeys.Any(known => known.Name == key.Name && !known.ListsMembers))
            {
                findings.Report(
                    TextSource,
                    consumer.Name,
                    $"{what} has a text for each of {key.Name} of '{key.Target.Name}'; allowed: keys that list members, which are MEMBERS "
                    + "of a service. Ask for MEMBERS.");
            }

            if (each.Key is null && !consumer.Container.HasMembers)
                NoSet("has a text for each member of its own set (Member.Each)");
        }

        if (!text.IsOfMember) return;
        if (!consumer.Container.HasMembers)
        {
            NoSet("says which member of a set reads it (Member.Name, Number, Host)");
        }
        else if (isFile || text.Values.Any() || !text.Parts.All(part => part is TextPart.Literal or TextPart.Own or TextPart.Each))
        {
            findings.Report(
                TextSource,
                consumer.Name,
                $"{what} says which member of a set reads it (Member.Name, Number, Host)"
                + $"{(isFile ? "" : ", beside keys or written in a format")}; "
                + "allowed: variables of nothing but such and literal texts, because files, secrets and keys are the same for all members. "
                + "Put it into a variable of its own, and let the program read that, or write about all of them by Member.Each.");
        }

        void NoSet(string received) => findings.Report(
            TextSource,
            consumer.Name,
            $"{what} {received}, and '{consumer.Name}' is no set; allowed: services with Scaling.Members. Set Scaling.Members, or correct "
            + "the text.");
    }

    // A word that no cloud ever says would be taken for one that this cloud does not say.
    private static void CheckWord(Consumer consumer, string what, TargetKey asked, string word, Findings findings)
    {
        var keys = asked.Target.Kind.ConnectionKeys;
        if (keys.FirstOrDefault(key => key.Name == asked.Name) is not { } key || key.Words.Contains(word)) return;
        var known = keys.Where(other => other.Words.Count > 0).Select(other => other.Name).ToList();
        var question = $"{what} asks whether {key.Name} of '{asked.Target.Name}' is '{word}'; allowed";
        findings.Report(
            TextSource,
            consumer.Name,
            key.Words.Count > 0
                ? $"{question}: {string.Join(", ", key.Words)}.{Spelling.Suggestion(word, key.Words)} Correct the word."
                : $"{question}: keys that say one of a few words"
                    + $"{(known.Count == 0 ? ", of which it has none" : $": {string.Join(", ", known)}")}. Ask by WhenAny whether there is "
                    + "anything to know, or ask another key.");
    }

    // Clouds name what they keep for a link, logins and keys included, after the consumer and either the target or the prefix.
    private static void CheckNamesOfLinks(Model model, Findings findings)
    {
        var byTarget = model.Links.GroupBy(link => $"{link.Consumer.Name}-{link.Target.Name}");
        var byPrefix = model.Links.GroupBy(link => link.Name);
        foreach (var alike in byTarget.Concat(byPrefix).Where(group => group.DistinctBy(link => link.Consumer.Name).Count() > 1))
        {
            var links = string.Join(", ", alike.Select(link => $"{link.Consumer.Name} to {link.Target.Name} ({link.Prefix})"));
            findings.Report(
                LinkName,
                alike.First().Consumer.Name,
                $"Logins and keys of {alike.Count()} links would all be called '{alike.Key}': {links}; allowed: "
                + "a consumer with its target, and with its prefix, that read differently from every other link's. "
                + "Rename a consumer or a target, or give a link another prefix.");
        }
    }

    // A cloud calls consumers on others by their names and their clouds' letters, which together may be the name of one that stands on it.
    private static void CheckNamesAcrossClouds(Blueprint blueprint, Findings findings)
    {
        var named =
            from link in blueprint.Links
            group link.Consumer by (link.Target.Cloud, Name: link.Consumer.NameOn(link.Target.Cloud)) into consumers
            where consumers.Distinct().Count() > 1
            select (consumers.Key, Consumers: consumers.Distinct().ToList());
        foreach (var (key, consumers) in named)
        {
            findings.Report(
                LinkName,
                consumers[^1].Name,
                $"On {key.Cloud.Name()}, what {string.Join(" and ", consumers)} use has one login and one key for both, called "
                + $"'{key.Name}'; allowed: consumers that read differently with the letters of their clouds. Rename one of them.");
        }
    }

    private static string Verb(Intent intent) => intent.ToString().ToLowerInvariant();

    // Steps run the component's own image unless the stack file names another.
    private static IEnumerable<(Consumer Consumer, string Name)> NamesOfImages(Consumer consumer, StackSettings settings)
    {
        var sidecars = consumer.Container.Sidecars.Select(sidecar => StackSettings.ImageKey(consumer, sidecar.Name));
        var steps = consumer.Container.Steps.Select(step => StackSettings.ImageKey(consumer, step.Name)).Where(settings.Images.ContainsKey);
        return sidecars.Concat(steps).Prepend(consumer.Name).Distinct().Select(name => (consumer, name));
    }

    private static void CheckImages(Model model, StackSettings settings, Findings findings)
    {
        var hasRegistry = model.Components.Any(component => component.Kind.KeepsImages);
        foreach (var (consumer, name) in model.Components.OfType<Consumer>().SelectMany(consumer => NamesOfImages(consumer, settings)))
        {
            var key = $"infra:images.{name}";
            var repository = name.Replace('/', '-');
            var full = $"registry.example.org/{repository}@sha256:…";
            var written = hasRegistry ? $"{repository}@sha256:… for one in the stack's own registry, or {full}" : full;
            if (!settings.Images.TryGetValue(name, out var image))
            {
                findings.Report(
                    ImageMissing,
                    consumer.Name,
                    $"{(name == consumer.Name ? "It" : $"'{name}'")} has no image; allowed: a reference with a digest. Set {key}, such as "
                    + $"{written}.");
                continue;
            }

            if (!ImageReference().IsMatch(image))
            {
                findings.Report(
                    ImageForm,
                    consumer.Name,
                    $"{key} is '{image}'; allowed: [registry/]repository[:tag][@sha256:64 hexadecimal digits], such as {written}. "
                    + "Correct the reference.");
                continue;
            }

            if (settings.Environment == EnvironmentKind.Production && !image.Contains("@sha256:", StringComparison.Ordinal))
            {
                findings.Report(
                    ImageDigest,
                    consumer.Name,
                    $"{key} is '{image}'; allowed in production: "
                    + "a reference with a digest (@sha256:…), so that what was tested is what runs. Add the digest.");
            }

            if (ImageName.LooksLikeDockerHub(image))
            {
                findings.Report(
                    ImageRegistry,
                    consumer.Name,
                    $"{key} is '{image}', which names no registry; allowed: {written}. Write docker.io/{image} for Docker Hub's.");
            }
            else if (!ImageName.HasRegistry(image) && !hasRegistry)
            {
                findings.Report(
                    ImageRegistry,
                    consumer.Name,
                    $"{key} is '{image}', without a registry, and '{settings.System}' declares none; allowed: "
                    + $"a full reference, such as {full}. Add the registry's host (docker.io/library/{image} for Docker Hub's), or "
                    + "declare a ContainerRegistry.");
            }
            else if (settings.Environment != EnvironmentKind.Production && ImageName.Moves(image))
            {
                findings.Report(
                    ImageTag,
                    consumer.Name,
                    $"{key} is '{image}', whose tag is used again and again: the stack's own registries refuse the "
                    + "second push of a tag, and an update that finds the same text deploys nothing; allowed: a digest, or a tag with a "
                    + "number in it, such as a version or a commit. Name what was built.");
            }
        }
    }

    [GeneratedRegex(@"^(?=.{2,40}\z)[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex ComponentName();

    [GeneratedRegex(@"^[A-Z][A-Z0-9_]*\z")]
    private static partial Regex Prefix();

    [GeneratedRegex(
        @"^([a-z0-9.-]+(:\d+)?/)?[a-z0-9]+([._/-]+[a-z0-9]+)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?\z")]
    private static partial Regex ImageReference();
}
