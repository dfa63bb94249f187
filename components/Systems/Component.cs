namespace Infra.Components.Systems;

/// <summary>What a component is.</summary>
public enum ComponentKind
{
    /// <summary>The network that everything else stands in. Foundation: it exists on every cloud where something stands.</summary>
    PrivateNetwork,

    /// <summary>Where images are kept. Foundation.</summary>
    ContainerRegistry,

    /// <summary>The implicit cluster on which services and jobs run. Foundation.</summary>
    Runtime,

    /// <summary>What a service or job is to its cloud: the holder of its grants. Foundation.</summary>
    ServiceIdentity,

    /// <summary>A cluster-wide singleton. Foundation, on Kubernetes only.</summary>
    ClusterAddon,

    /// <summary>What lets consumers of other clouds reach stores and services here. It follows its consumers.</summary>
    Relay,

    /// <summary>A DNS zone.</summary>
    DnsZone,

    /// <summary>A TLS certificate.</summary>
    Certificate,

    /// <summary>An object store's bucket.</summary>
    Bucket,

    /// <summary>A relational database.</summary>
    ManagedDatabase,

    /// <summary>A cache that speaks the Redis protocol.</summary>
    Cache,

    /// <summary>Where HTTP traffic enters.</summary>
    LoadBalancer,

    /// <summary>Containers that run all the time.</summary>
    ContainerService,

    /// <summary>A container that runs once per change.</summary>
    Job,

    /// <summary>A name in a DNS zone.</summary>
    DnsRecord,
}

/// <summary>A neutral capability that a system declares. It is inert: clouds build it, from the checked model.</summary>
public abstract class Component(string name)
{
    /// <summary>
    /// The component's name, unique in its system: 3 to 16 characters of a–z, 0–9 and single hyphens. It is part of every deployed URN and
    /// of physical names, whose tightest limit (a Google service account id, 30) leaves no more.
    /// </summary>
    public string Name { get; } = name;

    /// <summary>What it is.</summary>
    public abstract ComponentKind Kind { get; }

    /// <summary>Its arguments, as declared or, once a blueprint is drawn, as resolved for the stack.</summary>
    public abstract Arguments Arguments { get; internal set; }

    /// <summary>The components that it needs, other than through links; they are in the same model.</summary>
    public virtual IEnumerable<Component> References => [];
}

/// <summary>A component with its class of arguments.</summary>
public abstract class Component<TArguments>(string name, TArguments args) : Component(name)
    where TArguments : Arguments
{
    /// <summary>Its arguments, as declared or, once a blueprint is drawn, as resolved for the stack.</summary>
    public TArguments Args { get; private set; } = args;

    /// <inheritdoc/>
    public override Arguments Arguments
    {
        get => Args;
        internal set => Args = (TArguments)value;
    }
}
